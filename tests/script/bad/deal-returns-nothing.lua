-- deal-returns-nothing.lua:7: pages[2]: this is nothing, not a question
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.ask("count", function(rng)
    local w = rng:int(1, 2)
  end),
}
