public import Calendars
import Diagnostics

/// Reads time zones from the system's compiled files (RFC 9636).
public enum Zones {
    static let folder = "/usr/share/zoneinfo"

    enum Failure: Error {
        case unknown
        case broken(String)
    }

    /// The zone of that name.
    public static func named(_ name: String) throws(LookupFailure) -> Zone {
        switch read(name) {
        case .success(let zone): return zone
        case .failure(.unknown): throw LookupFailure("there is no time zone `\(name)`")
        case .failure(.broken(let reason)): throw LookupFailure("the time zone `\(name)` cannot be read: \(reason)")
        }
    }

    static func read(_ name: String) -> Result<Zone, Failure> {
        let isName = name.unicodeScalars.allSatisfy {
            $0.isASCII && ($0.properties.isAlphabetic || "0123456789_+-/".unicodeScalars.contains($0))
        }
        guard isName, !name.isEmpty, !name.hasPrefix("/"), let bytes = try? Disk.read(Disk.joined(folder, name), limit: 1 << 20)
        else { return .failure(.unknown) }
        do { return .success(try Zone(name: name, tzif: bytes)) } catch { return .failure(.broken("\(error)")) }
    }
}
