/// What is not known and was asked in the course of one step, with the answer supposed: the same question has the same answer for as
/// long as the step lasts. Going through all choices means running the step again and again, each time with the next answer.
struct Choices {
    struct Asked: Hashable {
        var question: String
        var answer: Int
        /// How many answers there are.
        var count: Int
    }

    private(set) var trail: [Asked] = []

    /// The answer to the question, from 0.
    mutating func answer(_ question: String, of count: Int) -> Int {
        if let known = trail.first(where: { $0.question == question }) { return known.answer }
        trail.append(Asked(question: question, answer: 0, count: count))
        return 0
    }

    /// Takes the next answers; false when all have been taken.
    mutating func advance() -> Bool {
        while let last = trail.popLast() {
            guard last.answer + 1 < last.count else { continue }
            trail.append(Asked(question: last.question, answer: last.answer + 1, count: last.count))
            return true
        }
        return false
    }
}
