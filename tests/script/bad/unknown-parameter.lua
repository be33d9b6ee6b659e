-- unknown-parameter.lua:7: window has no parameter "width"; did you mean "w"?
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.page("more", { at.figure { n = 8, recipe = P.window { width = 2 } } }),
}
