-- tolerance.lua:7: pages[2].tolerance: a tolerance is a number, or a share such as "1 %"
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.ask("ratio", at.number { "How much?", right = 1, tolerance = "one" }),
}
