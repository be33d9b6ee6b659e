-- wrong-equals-wrong.lua:7: pages[2].wrong[3]: equals wrong[1]
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.ask("count", at.integer { "How many?", right = 4, wrong = { { 3, "a", "A." }, { 2, "b", "B." }, { 3, "c", "C." } } }),
}
