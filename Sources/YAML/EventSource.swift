import CLibYAML

/// What libyaml reports, one event at a time. Places are counted in Unicode scalars from 0.
enum Event {
    case streamStart, streamEnd, documentStart, documentEnd, sequenceEnd, mappingEnd
    case alias(name: String)
    case scalar(text: String, style: Node.ScalarStyle, marks: Properties)
    case sequenceStart(Properties)
    case mappingStart(Properties)

    /// What YAML can hang on a node and this project does not take.
    struct Properties {
        var anchor: String?
        var tag: String?
        /// Whether a collection stands in brackets or braces.
        var isFlow = false
    }
}

/// Why libyaml stopped.
struct SyntaxProblem: Error {
    var problem: String
    /// Where the problem stands, as a scalar index, or as a byte offset where the reader itself failed.
    var index: Int
    var isByteOffset = false
    /// What libyaml was doing, such as "while parsing a block mapping", and where that began.
    var context: String?
    var contextIndex: Int?
}

/// libyaml's parser, owned: made with the text, deleted at the end of its life.
struct EventSource: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>

    /// Nil where libyaml finds no memory.
    init?(_ text: Substring.UTF8View) {
        parser = .allocate(capacity: 1)
        input = .allocate(capacity: text.count)
        _ = input.initialize(from: text)
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            input.deallocate()
            return nil
        }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, input.baseAddress, input.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        input.deallocate()
    }

    /// The next event with the indices of its first scalar and of the one after its last.
    mutating func next() throws(SyntaxProblem) -> (event: Event, start: Int, end: Int) {
        var raw = yaml_event_t()
        guard yaml_parser_parse(parser, &raw) == 1 else { throw problem }
        defer { yaml_event_delete(&raw) }
        return (Self.event(raw), Int(raw.start_mark.index), Int(raw.end_mark.index))
    }

    private var problem: SyntaxProblem {
        let state = parser.pointee
        let isByteOffset = state.error == YAML_READER_ERROR
        var problem = SyntaxProblem(
            problem: state.problem.map { String(cString: $0) } ?? "libyaml found no memory",
            index: isByteOffset ? Int(state.problem_offset) : Int(state.problem_mark.index), isByteOffset: isByteOffset)
        if let context = state.context {
            problem.context = String(cString: context)
            problem.contextIndex = Int(state.context_mark.index)
        }
        return problem
    }

    private static func event(_ raw: yaml_event_t) -> Event {
        switch raw.type {
        case YAML_STREAM_START_EVENT: .streamStart
        case YAML_DOCUMENT_START_EVENT: .documentStart
        case YAML_DOCUMENT_END_EVENT: .documentEnd
        case YAML_SEQUENCE_END_EVENT: .sequenceEnd
        case YAML_MAPPING_END_EVENT: .mappingEnd
        case YAML_ALIAS_EVENT: .alias(name: text(raw.data.alias.anchor) ?? "")
        case YAML_SEQUENCE_START_EVENT: sequenceStart(raw)
        case YAML_MAPPING_START_EVENT: mappingStart(raw)
        case YAML_SCALAR_EVENT: scalar(raw)
        default: .streamEnd
        }
    }

    private static func sequenceStart(_ raw: yaml_event_t) -> Event {
        let start = raw.data.sequence_start
        return .sequenceStart(properties(start.anchor, start.tag, isFlow: start.style == YAML_FLOW_SEQUENCE_STYLE))
    }

    private static func mappingStart(_ raw: yaml_event_t) -> Event {
        let start = raw.data.mapping_start
        return .mappingStart(properties(start.anchor, start.tag, isFlow: start.style == YAML_FLOW_MAPPING_STYLE))
    }

    private static func scalar(_ raw: yaml_event_t) -> Event {
        let scalar = raw.data.scalar
        let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
        let style: Node.ScalarStyle =
            switch scalar.style {
            case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
            case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
            case YAML_LITERAL_SCALAR_STYLE: .literal
            case YAML_FOLDED_SCALAR_STYLE: .folded
            default: .plain
            }
        return .scalar(
            text: String(decoding: bytes, as: UTF8.self), style: style, marks: properties(scalar.anchor, scalar.tag))
    }

    private static func properties(
        _ anchor: UnsafeMutablePointer<yaml_char_t>?, _ tag: UnsafeMutablePointer<yaml_char_t>?, isFlow: Bool = false
    ) -> Event.Properties {
        Event.Properties(anchor: text(anchor), tag: text(tag), isFlow: isFlow)
    }

    private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        pointer.map { String(cString: $0) }
    }
}
