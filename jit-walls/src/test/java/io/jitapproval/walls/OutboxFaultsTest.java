package io.jitapproval.walls;
class OutboxFaultsTest {}
