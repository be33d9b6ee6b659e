-- require-without-tool.lua:7: pages[2].require: the figure does not offer that tool
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.ask("which", at.classify { "Which?", figure = at.figure { n = 8, recipe = P.window { w = 2 } }, right = "positional", require = { "shuffle" } }),
}
