-- returns-a-table.lua: the file returns a table, not a lesson
local at = require "attend"
local P = at.pattern
return { title = "x" }
