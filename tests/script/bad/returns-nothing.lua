-- returns-nothing.lua: the file returns nothing, not a lesson
local at = require "attend"
local P = at.pattern
at.page("a", { "x" })
