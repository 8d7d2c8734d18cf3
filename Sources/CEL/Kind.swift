/// A CEL type.
public indirect enum Kind: Sendable, Hashable {
    case null, bool, int, uint, double, string, bytes, timestamp, duration, type
    /// Anything: checked when the program runs.
    case dyn
    case list(Kind)
    case map(Kind, Kind)
    case optional(Kind)
    /// The type or null.
    case nullable(Kind)
    /// A declared object type, by name.
    case object(String)
}
