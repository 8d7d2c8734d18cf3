import Calendars
import Diagnostics

/// Reads time zones from the system's compiled files (RFC 9636).
enum Zones {
    static let folder = "/usr/share/zoneinfo"

    enum Failure: Error {
        case unknown
        case broken(String)
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

/// The system's time zones by name, for whoever needs only what they are ahead of UTC.
public enum SystemZones {
    /// Nil where there is none of the name.
    public static func zone(named name: String) -> Zone? { try? Zones.read(name).get() }
}
