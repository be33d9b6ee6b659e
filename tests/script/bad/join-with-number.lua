-- join-with-number.lua:7: | joins two expressions; on its right stands a number
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.page("more", { at.figure { n = 8, recipe = P.window { w = 2 } | 3 } }),
}
