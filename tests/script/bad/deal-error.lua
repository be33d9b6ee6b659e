-- deal-error.lua:8: rng:int(9, 1): the first is larger than the last
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.ask("count", function(rng)
    return at.integer { "How many?", right = rng:int(9, 1) }
  end),
}
