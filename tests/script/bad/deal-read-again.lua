-- deal-read-again.lua:8: pages[2].read_again: there is no page "luck" in this lesson
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.ask("count", function(rng)
    return at.integer { "How many?", right = 2, read_again = { ["no-self"] = "luck" } }
  end),
}
