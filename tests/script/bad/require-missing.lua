-- require-missing.lua:3: require "lib.nothing": lib/nothing.lua: there is no such file
local at = require "attend"
local s = require "lib.nothing"
