import CEL
import Diagnostics

/// What is done when a state is entered or left or a transition taken: the executable content of SCXML 1.0, chapter 4, and `effect`,
/// the caller's hook.
public indirect enum Action: Sendable {
    /// An event into the internal queue, heard before anything from outside.
    case raise(event: String, data: Payload = .none)
    case send(SendAction)
    /// Takes back a delayed event by the id with which it was sent.
    case cancel(id: Text)
    case log(label: String, Program?)
    case assign(variable: String, Program, origin: SourceRange? = nil)
    /// The actions of the first branch whose guard holds, else the others.
    case conditional([Branch], otherwise: [Action] = [])
    /// The actions for each member of a list, as the list was before the first.
    case forEach(item: String, index: String? = nil, in: Program, do: [Action], origin: SourceRange? = nil)
    /// What the caller wants done: the arguments are evaluated where it stands and handed out as `Effect`.
    case effect(tag: Int, arguments: [Program])
}

/// One `if` or `elseif` of a conditional action.
public struct Branch: Sendable {
    public var `guard`: Program
    public var actions: [Action]

    public init(if guard: Program, _ actions: [Action]) {
        self.guard = `guard`
        self.actions = actions
    }
}

/// An event for the chart itself or another, now or after a delay (`send` in SCXML).
public struct SendAction: Sendable {
    public var event: Text
    public var data: Payload
    public var delay: Delay
    /// By which `cancel` takes it back.
    public var id: String?
    /// A variable that is told an id made for this sending.
    public var idVariable: String?
    /// Nil: the chart itself. `#_internal`: the internal queue. Anything else is the caller's to understand.
    public var target: Text?
    public var origin: SourceRange?

    public init(
        event: Text, data: Payload = .none, delay: Delay = .milliseconds(0), id: String? = nil, idVariable: String? = nil,
        target: Text? = nil, origin: SourceRange? = nil
    ) {
        self.event = event
        self.data = data
        self.delay = delay
        self.id = id
        self.idVariable = idVariable
        self.target = target
        self.origin = origin
    }
}

/// A text that is written out, or worked out when it is needed.
public enum Text: Sendable {
    case constant(String)
    case computed(Program)
}

/// How long a delayed event waits.
public enum Delay: Sendable {
    case milliseconds(Int)
    /// A duration, a text such as `1.5s` or `20ms`, or a whole number of milliseconds.
    case computed(Program)
}

/// What an event carries.
public enum Payload: Sendable {
    /// Null.
    case none
    case value(Program)
    /// A map of the fields.
    case fields([Field])

    public struct Field: Sendable {
        public var name: String
        public var value: Program

        public init(name: String, value: Program) {
            self.name = name
            self.value = value
        }
    }
}

extension Delay {
    /// A duration, a whole number of milliseconds, or a text of CSS 2: `20ms`, `1.5s`. Nil for anything else, and below zero.
    public static func milliseconds(of value: Value) -> Int? {
        switch value {
        case .int(let count): return Int(exactly: count).flatMap { $0 >= 0 ? $0 : nil }
        case .uint(let count): return Int(exactly: count)
        case .duration(let span):
            let (seconds, overflow) = span.seconds.multipliedReportingOverflow(by: 1_000)
            return overflow || seconds < 0 ? nil : Int(seconds) + Int(span.nanoseconds / 1_000_000)
        case .string(let text): return milliseconds(text)
        default: return nil
        }
    }

    private static func milliseconds(_ text: String) -> Int? {
        let (number, factor) = text.hasSuffix("ms") ? (text.dropLast(2), 1.0) : (text.dropLast(1), 1_000.0)
        guard text.hasSuffix("s"), number.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 }) else { return nil }
        guard let amount = Double(number.hasPrefix(".") ? "0" + number : number), amount * factor < 9e15 else { return nil }
        return Int((amount * factor).rounded())
    }
}
