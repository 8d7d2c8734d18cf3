// Statecharts
