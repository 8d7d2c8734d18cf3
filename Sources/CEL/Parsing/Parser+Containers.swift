extension Parser {
    /// Expressions between commas, up to the closing symbol.
    mutating func list(until close: String) throws(CompileError) -> [Expression] {
        var found: [Expression] = []
        while !take(close) {
            if !found.isEmpty { try need(",") }
            found.append(try expression())
        }
        return found
    }

    mutating func listLiteral() throws(CompileError) -> Expression {
        let start = token.range.lowerBound
        advance()
        var items: [Expression.Item] = []
        while !take("]") {
            if !items.isEmpty {
                try need(",")
                if take("]") { break }
            }
            let isOptional = take("?")
            items.append(Expression.Item(expression: try expression(), isOptional: isOptional))
        }
        return try made(.list(items), from: start, above: items.map(\.expression))
    }

    mutating func mapLiteral() throws(CompileError) -> Expression {
        let start = token.range.lowerBound
        advance()
        var entries: [Expression.Entry] = []
        while !take("}") {
            if !entries.isEmpty {
                try need(",")
                if take("}") { break }
            }
            let isOptional = take("?")
            let key = try expression()
            try need(":")
            entries.append(Expression.Entry(key: key, value: try expression(), isOptional: isOptional))
        }
        return try made(.map(entries), from: start, above: entries.flatMap { [$0.key, $0.value] })
    }

    /// A message literal. There are no message types here; it is read so that the checker can say so.
    mutating func message(_ name: Expression, from start: Int) throws(CompileError) -> Expression {
        advance()
        var values: [Expression] = []
        while !take("}") {
            if !values.isEmpty {
                try need(",")
                if take("}") { break }
            }
            _ = take("?")
            advance()
            try need(":")
            values.append(try expression())
        }
        return try made(.message(name, values), from: start, above: [name] + values)
    }
}
