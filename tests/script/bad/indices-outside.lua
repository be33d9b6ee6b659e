-- indices-outside.lua:7: pages[2].right: key 9 is in it; there are keys 0 to 7
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.ask("keys", at.indices { "Which?", n = 8, right = at.set { { 5, 9 } } }),
}
