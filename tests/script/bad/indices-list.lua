-- indices-list.lua:7: pages[2].right: this must be a set, not a table
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.ask("keys", at.indices { "Which?", n = 8, right = { 5, 6 } }),
}
