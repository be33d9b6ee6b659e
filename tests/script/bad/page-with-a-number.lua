-- page-with-a-number.lua:7: pages[2].parts[2]: a page has texts, at.figure, at.reveal and at.notes; this is a number
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.page("more", { "Text.", 7 }),
}
