#!/usr/bin/env node
// from Node 22 on, compiled code is kept between runs
require('node:module').enableCompileCache?.();
import('../dist/command/bin.mjs');
