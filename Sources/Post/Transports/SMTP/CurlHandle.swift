import CLibCurl
import Foundation

/// One of libcurl's handles with the connections that it keeps. Setting an option fails only where memory is out or the library is older
/// than its header; the transfer then says so.
struct CurlHandle: ~Copyable {
    /// Nil where libcurl cannot start; every transfer then says so.
    private let handle: UnsafeMutableRawPointer?
    private let errors: UnsafeMutablePointer<CChar>

    /// `curl_global_init` may run once only.
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    init() {
        handle = Self.isReady ? curl_easy_init() : nil
        errors = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errors.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        curl_easy_cleanup(handle)
        errors.deallocate()
    }

    func set(_ option: CURLoption, _ number: Int) { _ = clibcurl_set_number(handle, option, number) }

    func set(_ option: CURLoption, _ text: String?) { _ = clibcurl_set_text(handle, option, text) }

    /// What holds of every connection to the server.
    func prepare(for server: MailServer) {
        guard let handle else { return }
        curl_easy_reset(handle)
        _ = clibcurl_set_pointer(handle, CURLOPT_ERRORBUFFER, errors)
        set(CURLOPT_NOSIGNAL, 1)
        // The environment must not lead mail elsewhere, nor a reply to another protocol.
        set(CURLOPT_PROXY, "")
        set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        set(CURLOPT_URL, "\(server.security == .tls ? "smtps" : "smtp")://\(server.host):\(server.port)")
        set(CURLOPT_USE_SSL, server.security == .none ? Int(CURLUSESSL_NONE.rawValue) : Int(CURLUSESSL_ALL.rawValue))
        set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        if let authorities = server.authorities {
            set(CURLOPT_CAINFO, authorities)
            set(CURLOPT_CAPATH, nil)
        }
        if let credentials = server.credentials {
            set(CURLOPT_USERNAME, credentials.user)
            set(CURLOPT_PASSWORD, credentials.password)
        }
        set(CURLOPT_CONNECTTIMEOUT_MS, min(server.timeLimit, Self.longestConnecting) * 1000)
        set(CURLOPT_SERVER_RESPONSE_TIMEOUT, server.timeLimit)
    }

    /// For how many seconds a server may not answer the call at all.
    private static let longestConnecting = 20

    /// Sends the envelope and the text; answers why that failed, nil if it did not.
    ///
    /// How long the text is stays unsaid: libcurl would then stop by counting, and not ask the witness for the end on which all turns.
    func send(_ envelope: Envelope, witnessedBy witness: Witness) -> String? {
        set(CURLOPT_MAIL_FROM, envelope.sender.text)
        let recipients = curl_slist_append(nil, envelope.recipient.text)
        defer { curl_slist_free_all(recipients) }
        guard let recipients else { return "memory is out" }
        _ = clibcurl_set_pointer(handle, CURLOPT_MAIL_RCPT, recipients)
        set(CURLOPT_UPLOAD, 1)
        let failure = perform(witnessedBy: witness)
        _ = clibcurl_set_pointer(handle, CURLOPT_MAIL_RCPT, nil)
        return failure
    }

    /// Does what the options ask for.
    func perform(witnessedBy witness: Witness) -> String? {
        guard let handle else { return "libcurl cannot start" }
        let place = Unmanaged.passUnretained(witness).toOpaque()
        _ = clibcurl_set_pointer(handle, CURLOPT_READDATA, place)
        _ = clibcurl_set_reader(handle) { buffer, size, count, place in
            guard let buffer, let place else { return Int(CURL_READFUNC_ABORT) }
            return Witness.at(place).fill(UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
        }
        _ = clibcurl_set_pointer(handle, CURLOPT_DEBUGDATA, place)
        _ = clibcurl_set_witness(handle) { _, kind, text, count, place in
            guard let text, let place else { return 0 }
            Witness.at(place).note(kind, String(decoding: UnsafeRawBufferPointer(start: text, count: count), as: UTF8.self))
            return 0
        }
        // libcurl shows the talk to its witness only when it is asked to speak.
        set(CURLOPT_VERBOSE, 1)
        errors.pointee = 0
        let code = withExtendedLifetime(witness) { curl_easy_perform(handle) }
        guard code != CURLE_OK else { return nil }
        let words = String(cString: errors)
        return words.isEmpty ? String(cString: curl_easy_strerror(code)) : words
    }

    /// Whether the last transfer went over a connection that was there already.
    var usedOldConnection: Bool {
        var made = 0
        return clibcurl_get_number(handle, CURLINFO_NUM_CONNECTS, &made) == CURLE_OK && made == 0
    }
}

/// Follows the talk for libcurl's callbacks, which run within `perform` on its thread.
final class Witness {
    private(set) var exchange: Exchange

    init(_ exchange: Exchange) { self.exchange = exchange }

    fileprivate static func at(_ place: UnsafeMutableRawPointer) -> Witness {
        Unmanaged<Witness>.fromOpaque(place).takeUnretainedValue()
    }

    fileprivate func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        let piece = exchange.read(atMost: buffer.count)
        buffer.copyBytes(from: piece)
        return piece.count
    }

    fileprivate func note(_ kind: curl_infotype, _ text: String) {
        switch kind {
        case CURLINFO_HEADER_OUT: exchange.asked(text)
        case CURLINFO_HEADER_IN: exchange.heard(text)
        default: break
        }
    }
}
