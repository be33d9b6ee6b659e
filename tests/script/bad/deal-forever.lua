-- deal-forever.lua:8: used up its budget of 10 million steps
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.ask("count", function(rng)
    while true do end
  end),
}
