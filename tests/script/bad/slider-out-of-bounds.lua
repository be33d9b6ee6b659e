-- slider-out-of-bounds.lua:7: the slider at w reaches 0: window needs w of at least 1
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.page("more", { at.figure { n = 8, recipe = P.window { w = at.slider(0, 8, 2) } } }),
}
