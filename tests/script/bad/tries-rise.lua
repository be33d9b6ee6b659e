-- tries-rise.lua:7: pages[2].tries: a later try can't give more points
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.ask("count", at.integer { "How many?", right = 4, tries = { 1, 2 } }),
}
