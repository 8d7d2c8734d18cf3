import Foundation
import Post

#if canImport(Glibc)
    import Glibc
#endif

// Whether mail can leave.
extension Doctor {
    func post() -> [Checkup] {
        switch desk.workspace.settings.transport {
        case .maildir(let name): [maildir(Disk.joined(desk.workspace.folder, name))]
        case .sendmail(let path, _):
            [
                access(path, X_OK) == 0
                    ? Checkup("post", .good, "mail goes through \(path)") : Checkup("post", .bad, "\(path): cannot be run")
            ]
        case .smtp(let server): [reach(server)] + secret(server)
        }
    }

    private func maildir(_ folder: String) -> Checkup {
        let isThere = Disk.isFolder(folder)
        return access(isThere ? folder : Disk.parent(of: folder), W_OK | X_OK) == 0
            ? Checkup("post", .good, "mail goes to the maildir \(folder)")
            : Checkup("post", .bad, "\(folder): no mail can be written there")
    }

    /// Calls the server, as far as saying who we are.
    private func reach(_ named: Settings.MailServerSettings) -> Checkup {
        do {
            let smtp = try desk.workspace.smtp(named)
            let place = "\(smtp.server.host), port \(smtp.server.port) (\(smtp.server.security.rawValue))"
            switch smtp.reach() {
            case .ready: return Checkup("post", .good, "mail goes to \(place), which lets us in")
            case .unreachable(let reason): return Checkup("post", .bad, "mail cannot go to \(place): \(reason)")
            }
        } catch { return Checkup("post", .bad, "\(error)") }
    }

    /// A password that others on the machine can read is none.
    private func secret(_ named: Settings.MailServerSettings) -> [Checkup] {
        let path: String
        switch named.password {
        case .file(let name)?: path = Disk.joined(desk.workspace.folder, name)
        case .clearText?: path = Disk.joined(desk.workspace.folder, Workspace.settingsName)
        case .variable?, nil: return []
        }
        var found = stat()
        guard stat(path, &found) == 0 else { return [] }
        return [
            found.st_mode & 0o044 == 0
                ? Checkup("password", .good, "only its owner reads the password of the mail server")
                : Checkup("password", .poor, "\(path): others can read the password of the mail server; `chmod 600` it")
        ]
    }
}
