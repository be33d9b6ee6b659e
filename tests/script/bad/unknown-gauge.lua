-- unknown-gauge.lua:7: pages[2].parts[2].gauges[1]: there is no "kount"; did you mean "count"?
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.page("more", { "Text.", at.figure { n = 8, recipe = P.window { w = 2 }, gauges = { "kount" } } }),
}
