-- choice-none-right.lua:7: pages[2].options: no option is right
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.ask("pick", at.choice { "Which?", options = { { "a", "A", "No." }, { "b", "B", "No." } } }),
}
