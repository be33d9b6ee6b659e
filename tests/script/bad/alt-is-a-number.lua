-- alt-is-a-number.lua:7: pages[2].parts[1].alt: this must be a text, not a number
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.page("more", { at.figure { n = at.slider(2, 9, 3), recipe = P.window { w = 2 }, alt = 7 } }),
}
