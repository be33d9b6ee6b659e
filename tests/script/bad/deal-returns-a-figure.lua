-- deal-returns-a-figure.lua:7: pages[2]: this is an at.figure, not a question
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.ask("count", function(rng)
    return at.figure { n = 8, recipe = P.window { w = 2 } }
  end),
}
