-- classify-why.lua:7: pages[2].why: there is no field "positonal"; did you mean "positional"?
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.ask("which", at.classify { "Which?", right = "content", why = { positonal = "No." } }),
}
