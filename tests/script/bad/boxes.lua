-- boxes.lua:7: pages[2].wrong[1]: the right answer has 2 numbers; this has one
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.ask("pair", at.number { "How much?", right = { 1, 2 }, wrong = { { 3, "a", "A." } } }),
}
