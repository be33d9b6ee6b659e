-- wrong-within-tolerance.lua:7: pages[2].wrong[1]: equals the right answer within the tolerance
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.ask("ratio", at.number { "How much?", right = 255.5, wrong = { { 256, "square", "A square." } } }),
}
