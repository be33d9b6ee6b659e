-- newer-interface.lua:4: api: the lesson is written for interface 2; this version has 1
local at = require "attend"
local P = at.pattern
return at.lesson {
  api = 2, id = "x", version = "1", title = "X", minutes = 1, at.page("a", { "x" }) }
