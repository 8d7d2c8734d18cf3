import ArgumentParser
import Documents
import Foundation
import Governance
import Journals
import Secretariat

/// Exit codes after sysexits.h.
enum Exit {
    static let usage = ExitCode(64)
    static let badInput = ExitCode(65)
    static let notFound = ExitCode(66)
    static let unavailable = ExitCode(69)
    static let software = ExitCode(70)
    static let cannotCreate = ExitCode(73)
    static let inputOutput = ExitCode(74)
    static let tryAgain = ExitCode(75)
    static let refused = ExitCode(77)
    static let configuration = ExitCode(78)

    /// The code for what went wrong.
    static func code(for error: any Error) -> ExitCode {
        switch error {
        case let code as ExitCode: code
        case is LookupFailure, is PaperFailure: notFound
        case is UsageFailure: usage
        case is ClockFailure: tryAgain
        case is GraphvizFailure: unavailable
        case let failure as PressFailure: code(for: failure)
        case is PostFailure: configuration
        case is ScriptFailure, is TemplateFailure, is LedgerFailure, is RuleRefusal, is HeadFailure: badInput
        case let failure as InboxFailure: failure == .notSet ? configuration : notFound
        case let failure as BackupFailure: code(for: failure)
        case let failure as FormFailure: code(for: failure)
        case let failure as WorkspaceFailure: code(for: failure)
        case let failure as DiskFailure: code(for: failure)
        case let failure as JournalError: code(for: failure)
        default: software
        }
    }

    private static func code(for failure: PressFailure) -> ExitCode {
        switch failure {
        case .notInstalled: unavailable
        case .failed: software
        }
    }

    private static func code(for failure: FormFailure) -> ExitCode {
        switch failure.kind {
        case .misused: usage
        case .unknownThing, .unreadableFile: notFound
        case .unusableFile: badInput
        }
    }

    private static func code(for failure: WorkspaceFailure) -> ExitCode {
        switch failure {
        case .missing: notFound
        case .misnamed: usage
        case .noShelf: unavailable
        case .findings: badInput
        case .occupied: cannotCreate
        }
    }

    private static func code(for failure: BackupFailure) -> ExitCode {
        switch failure {
        case .occupied, .alreadyBackup: cannotCreate
        case .missing: notFound
        case .notWhole: badInput
        }
    }

    private static func code(for failure: DiskFailure) -> ExitCode {
        switch failure {
        case .unreadable: notFound
        case .unwritable: cannotCreate
        case .tooLarge: badInput
        }
    }

    private static func code(for failure: JournalError) -> ExitCode {
        switch failure {
        case .busy, .conflict: tryAgain
        case .missing, .fileMissing: notFound
        case .notAJournal, .newer, .older, .damaged, .fileAltered, .notAHash, .nulInText, .personalValueLost: badInput
        case .alreadyThere, .readOnly, .cannotOpen: cannotCreate
        case .diskFull, .commitUncertain, .storage, .files, .notDurable: inputOutput
        case .repeatedCommand, .ended, .closed: software
        }
    }
}

/// A command line that cannot be meant.
struct UsageFailure: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}

/// Runs a subcommand's work; what goes wrong is told on standard error, and the exit code says what kind it is.
func attempt(_ work: () throws -> Void) throws {
    do { try work() } catch let code as ExitCode { throw code } catch {
        complain("\(error)")
        throw Exit.code(for: error)
    }
}

/// Writes to standard error.
func complain(_ text: String) { Console.complain("mandate: " + text) }
