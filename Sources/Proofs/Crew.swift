/// Does a number of things that do not hang on each other, each by its number, and returns when all are done.
public typealias Crew = @Sendable (_ count: Int, _ work: @escaping @Sendable (Int) -> Void) -> Void

/// The crew of one.
@Sendable public func oneByOne(_ count: Int, _ work: @escaping @Sendable (Int) -> Void) {
    for number in 0..<count { work(number) }
}
