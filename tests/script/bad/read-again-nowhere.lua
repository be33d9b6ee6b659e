-- read-again-nowhere.lua:7: pages[2].read_again: there is no page "loook" in this lesson
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.ask("count", at.integer { "How many?", right = 4, wrong = { { 3, "a", "A." } }, read_again = { a = "loook" } }),
}
