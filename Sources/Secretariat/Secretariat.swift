// Secretariat
