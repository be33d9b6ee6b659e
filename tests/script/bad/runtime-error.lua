-- runtime-error.lua:5: attempt to index a nil value (local 'x')
local at = require "attend"
local P = at.pattern
local x = nil
return at.lesson { title = x.y }
