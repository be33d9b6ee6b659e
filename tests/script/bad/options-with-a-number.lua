-- options-with-a-number.lua:7: pages[2].parts[1].recipe[2]: this must be an expression, not a number
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.page("more", { at.figure { n = 8, recipe = at.options { { "a", P.window { w = 2 } }, { "b", 7 } } } }),
}
