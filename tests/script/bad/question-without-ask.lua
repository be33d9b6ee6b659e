-- question-without-ask.lua:4: pages[2]: a lesson has at.page and at.ask; this is an at.integer
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.integer { "How many?", right = 4 },
}
