-- no-pages.lua:4: the lesson has no page
local at = require "attend"
local P = at.pattern
return at.lesson { api = 1, id = "x", version = "1", title = "X", minutes = 1 }
