-- deal-wrong-equals-right.lua:9: pages[2].wrong[2]: equals the right answer
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.ask("count", function(rng)
    local w = 4
    return at.integer { "How many?", right = w, wrong = { { 3, "a", "A." }, { w, "b", "B." } } }
  end),
}
