-- query-outside.lua:7: query i is 8; it must be from 0 to 7
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 1, id = "bad", version = "1.0.0", title = "Bad", minutes = 3,
  at.page("look", { "Text." }),
  at.ask("count", at.integer { "How many?", right = P.window { w = 2 }:at(8):count(8) }),
}
