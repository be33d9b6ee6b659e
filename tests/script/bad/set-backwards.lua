-- set-backwards.lua:7: the range { 6, 3 } of a set goes backwards
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.ask("keys", at.indices { "Which?", n = 8, right = at.set { { 6, 3 } } }),
}
