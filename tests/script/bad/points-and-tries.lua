-- points-and-tries.lua:7: pages[2].points: give points or tries, not both
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.ask("count", at.integer { "How many?", right = 4, points = 2, tries = { 2, 1 } }),
}
