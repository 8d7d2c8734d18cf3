// Journals
