-- choice-same-id.lua:7: pages[2].options[2]: has the same id as options[1]
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.ask("pick", at.choice { "Which?", options = { { "a", "A", "Yes.", right = true }, { "a", "B", "No." } } }),
}
