-- runs-for-ever.lua:4: used up its budget of 50 million steps
local at = require "attend"
local P = at.pattern
for k = 1, math.huge do end
