/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["presync"] || ($protobuf.roots["presync"] = {});

export const presync = $root.presync = (() => {

    /**
     * Namespace presync.
     * @exports presync
     * @namespace
     */
    const presync = {};

    presync.v1 = (function() {

        /**
         * Namespace v1.
         * @memberof presync
         * @namespace
         */
        const v1 = {};

        v1.Envelope = (function() {

            /**
             * Properties of an Envelope.
             * @typedef {Object} presync.v1.Envelope.$Properties
             * @property {number|null} [id] Envelope id
             * @property {presync.v1.Hello.$Properties|null} [hello] Envelope hello
             * @property {presync.v1.OpenContext.$Properties|null} [open] Envelope open
             * @property {presync.v1.ContextOpened.$Properties|null} [opened] Envelope opened
             * @property {presync.v1.Push.$Properties|null} [push] Envelope push
             * @property {presync.v1.Changes.$Properties|null} [changes] Envelope changes
             * @property {presync.v1.Need.$Properties|null} [need] Envelope need
             * @property {presync.v1.Chunks.$Properties|null} [chunks] Envelope chunks
             * @property {presync.v1.Committed.$Properties|null} [committed] Envelope committed
             * @property {presync.v1.ContextState.$Properties|null} [state] Envelope state
             * @property {presync.v1.Build.$Properties|null} [build] Envelope build
             * @property {presync.v1.BuildEvents.$Properties|null} [events] Envelope events
             * @property {presync.v1.BuildDone.$Properties|null} [done] Envelope done
             * @property {presync.v1.Cancel.$Properties|null} [cancel] Envelope cancel
             * @property {presync.v1.Barrier.$Properties|null} [barrier] Envelope barrier
             * @property {presync.v1.BarrierReached.$Properties|null} [reached] Envelope reached
             * @property {presync.v1.Error.$Properties|null} [error] Envelope error
             * @property {"hello"|"open"|"opened"|"push"|"changes"|"need"|"chunks"|"committed"|"state"|"build"|"events"|"done"|"cancel"|"barrier"|"reached"|"error"} [body] Envelope body
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Envelope.
             * @memberof presync.v1
             * @interface IEnvelope
             * @augments presync.v1.Envelope.$Properties
             * @deprecated Use presync.v1.Envelope.$Properties instead.
             */

            /**
             * Narrowed shape of an Envelope.
             * @typedef {{
             *   id?: number|null;
             *   hello?: presync.v1.Hello.$Shape|null;
             *   open?: presync.v1.OpenContext.$Shape|null;
             *   opened?: presync.v1.ContextOpened.$Shape|null;
             *   push?: presync.v1.Push.$Shape|null;
             *   changes?: presync.v1.Changes.$Shape|null;
             *   need?: presync.v1.Need.$Shape|null;
             *   chunks?: presync.v1.Chunks.$Shape|null;
             *   committed?: presync.v1.Committed.$Shape|null;
             *   state?: presync.v1.ContextState.$Shape|null;
             *   build?: presync.v1.Build.$Shape|null;
             *   events?: presync.v1.BuildEvents.$Shape|null;
             *   done?: presync.v1.BuildDone.$Shape|null;
             *   cancel?: presync.v1.Cancel.$Shape|null;
             *   barrier?: presync.v1.Barrier.$Shape|null;
             *   reached?: presync.v1.BarrierReached.$Shape|null;
             *   error?: presync.v1.Error.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ body?: undefined; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null }|{ body?: "hello"; hello: presync.v1.Hello.$Shape; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null }|{ body?: "open"; hello?: null; open: presync.v1.OpenContext.$Shape; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null }|{ body?: "opened"; hello?: null; open?: null; opened: presync.v1.ContextOpened.$Shape; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null }|{ body?: "push"; hello?: null; open?: null; opened?: null; push: presync.v1.Push.$Shape; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null }|{ body?: "changes"; hello?: null; open?: null; opened?: null; push?: null; changes: presync.v1.Changes.$Shape; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null }|{ body?: "need"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need: presync.v1.Need.$Shape; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null }|{ body?: "chunks"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks: presync.v1.Chunks.$Shape; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null }|{ body?: "committed"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed: presync.v1.Committed.$Shape; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null }|{ body?: "state"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state: presync.v1.ContextState.$Shape; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null }|{ body?: "build"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build: presync.v1.Build.$Shape; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null }|{ body?: "events"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events: presync.v1.BuildEvents.$Shape; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null }|{ body?: "done"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done: presync.v1.BuildDone.$Shape; cancel?: null; barrier?: null; reached?: null; error?: null }|{ body?: "cancel"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel: presync.v1.Cancel.$Shape; barrier?: null; reached?: null; error?: null }|{ body?: "barrier"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier: presync.v1.Barrier.$Shape; reached?: null; error?: null }|{ body?: "reached"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached: presync.v1.BarrierReached.$Shape; error?: null }|{ body?: "error"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error: presync.v1.Error.$Shape })
             * )} presync.v1.Envelope.$Shape
             */

            /**
             * Constructs a new Envelope.
             * @memberof presync.v1
             * @classdesc Represents an Envelope.
             * @constructor
             * @param {presync.v1.Envelope.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Envelope = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Envelope id.
             * @member {number} id
             * @memberof presync.v1.Envelope
             * @instance
             */
            Envelope.prototype.id = 0;

            /**
             * Envelope hello.
             * @member {presync.v1.Hello.$Properties|null|undefined} hello
             * @memberof presync.v1.Envelope
             * @instance
             */
            Envelope.prototype.hello = null;

            /**
             * Envelope open.
             * @member {presync.v1.OpenContext.$Properties|null|undefined} open
             * @memberof presync.v1.Envelope
             * @instance
             */
            Envelope.prototype.open = null;

            /**
             * Envelope opened.
             * @member {presync.v1.ContextOpened.$Properties|null|undefined} opened
             * @memberof presync.v1.Envelope
             * @instance
             */
            Envelope.prototype.opened = null;

            /**
             * Envelope push.
             * @member {presync.v1.Push.$Properties|null|undefined} push
             * @memberof presync.v1.Envelope
             * @instance
             */
            Envelope.prototype.push = null;

            /**
             * Envelope changes.
             * @member {presync.v1.Changes.$Properties|null|undefined} changes
             * @memberof presync.v1.Envelope
             * @instance
             */
            Envelope.prototype.changes = null;

            /**
             * Envelope need.
             * @member {presync.v1.Need.$Properties|null|undefined} need
             * @memberof presync.v1.Envelope
             * @instance
             */
            Envelope.prototype.need = null;

            /**
             * Envelope chunks.
             * @member {presync.v1.Chunks.$Properties|null|undefined} chunks
             * @memberof presync.v1.Envelope
             * @instance
             */
            Envelope.prototype.chunks = null;

            /**
             * Envelope committed.
             * @member {presync.v1.Committed.$Properties|null|undefined} committed
             * @memberof presync.v1.Envelope
             * @instance
             */
            Envelope.prototype.committed = null;

            /**
             * Envelope state.
             * @member {presync.v1.ContextState.$Properties|null|undefined} state
             * @memberof presync.v1.Envelope
             * @instance
             */
            Envelope.prototype.state = null;

            /**
             * Envelope build.
             * @member {presync.v1.Build.$Properties|null|undefined} build
             * @memberof presync.v1.Envelope
             * @instance
             */
            Envelope.prototype.build = null;

            /**
             * Envelope events.
             * @member {presync.v1.BuildEvents.$Properties|null|undefined} events
             * @memberof presync.v1.Envelope
             * @instance
             */
            Envelope.prototype.events = null;

            /**
             * Envelope done.
             * @member {presync.v1.BuildDone.$Properties|null|undefined} done
             * @memberof presync.v1.Envelope
             * @instance
             */
            Envelope.prototype.done = null;

            /**
             * Envelope cancel.
             * @member {presync.v1.Cancel.$Properties|null|undefined} cancel
             * @memberof presync.v1.Envelope
             * @instance
             */
            Envelope.prototype.cancel = null;

            /**
             * Envelope barrier.
             * @member {presync.v1.Barrier.$Properties|null|undefined} barrier
             * @memberof presync.v1.Envelope
             * @instance
             */
            Envelope.prototype.barrier = null;

            /**
             * Envelope reached.
             * @member {presync.v1.BarrierReached.$Properties|null|undefined} reached
             * @memberof presync.v1.Envelope
             * @instance
             */
            Envelope.prototype.reached = null;

            /**
             * Envelope error.
             * @member {presync.v1.Error.$Properties|null|undefined} error
             * @memberof presync.v1.Envelope
             * @instance
             */
            Envelope.prototype.error = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * Envelope body.
             * @member {"hello"|"open"|"opened"|"push"|"changes"|"need"|"chunks"|"committed"|"state"|"build"|"events"|"done"|"cancel"|"barrier"|"reached"|"error"|undefined} body
             * @memberof presync.v1.Envelope
             * @instance
             */
            $Object.defineProperty(Envelope.prototype, "body", {
                get: $util.oneOfGetter($oneOfFields = ["hello", "open", "opened", "push", "changes", "need", "chunks", "committed", "state", "build", "events", "done", "cancel", "barrier", "reached", "error"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified Envelope message. Does not implicitly {@link presync.v1.Envelope.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.Envelope
             * @static
             * @param {presync.v1.Envelope.$Properties} message Envelope message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Envelope.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.id);
                if (message.hello != null && $Object.hasOwnProperty.call(message, "hello"))
                    $root.presync.v1.Hello.encode(message.hello, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.open != null && $Object.hasOwnProperty.call(message, "open"))
                    $root.presync.v1.OpenContext.encode(message.open, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.opened != null && $Object.hasOwnProperty.call(message, "opened"))
                    $root.presync.v1.ContextOpened.encode(message.opened, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.push != null && $Object.hasOwnProperty.call(message, "push"))
                    $root.presync.v1.Push.encode(message.push, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.changes != null && $Object.hasOwnProperty.call(message, "changes"))
                    $root.presync.v1.Changes.encode(message.changes, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.need != null && $Object.hasOwnProperty.call(message, "need"))
                    $root.presync.v1.Need.encode(message.need, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.chunks != null && $Object.hasOwnProperty.call(message, "chunks"))
                    $root.presync.v1.Chunks.encode(message.chunks, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.committed != null && $Object.hasOwnProperty.call(message, "committed"))
                    $root.presync.v1.Committed.encode(message.committed, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.state != null && $Object.hasOwnProperty.call(message, "state"))
                    $root.presync.v1.ContextState.encode(message.state, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                if (message.build != null && $Object.hasOwnProperty.call(message, "build"))
                    $root.presync.v1.Build.encode(message.build, writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
                if (message.events != null && $Object.hasOwnProperty.call(message, "events"))
                    $root.presync.v1.BuildEvents.encode(message.events, writer.uint32(/* id 12, wireType 2 =*/98).fork(), _depth + 1).ldelim();
                if (message.done != null && $Object.hasOwnProperty.call(message, "done"))
                    $root.presync.v1.BuildDone.encode(message.done, writer.uint32(/* id 13, wireType 2 =*/106).fork(), _depth + 1).ldelim();
                if (message.cancel != null && $Object.hasOwnProperty.call(message, "cancel"))
                    $root.presync.v1.Cancel.encode(message.cancel, writer.uint32(/* id 14, wireType 2 =*/114).fork(), _depth + 1).ldelim();
                if (message.barrier != null && $Object.hasOwnProperty.call(message, "barrier"))
                    $root.presync.v1.Barrier.encode(message.barrier, writer.uint32(/* id 15, wireType 2 =*/122).fork(), _depth + 1).ldelim();
                if (message.reached != null && $Object.hasOwnProperty.call(message, "reached"))
                    $root.presync.v1.BarrierReached.encode(message.reached, writer.uint32(/* id 16, wireType 2 =*/130).fork(), _depth + 1).ldelim();
                if (message.error != null && $Object.hasOwnProperty.call(message, "error"))
                    $root.presync.v1.Error.encode(message.error, writer.uint32(/* id 17, wireType 2 =*/138).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Envelope message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.Envelope
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.Envelope & presync.v1.Envelope.$Shape} Envelope
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Envelope.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.Envelope();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.hello = $root.presync.v1.Hello.decode(reader, reader.size(), $undefined, _depth + 1, message.hello);
                            message.body = "hello";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.open = $root.presync.v1.OpenContext.decode(reader, reader.size(), $undefined, _depth + 1, message.open);
                            message.body = "open";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.opened = $root.presync.v1.ContextOpened.decode(reader, reader.size(), $undefined, _depth + 1, message.opened);
                            message.body = "opened";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.push = $root.presync.v1.Push.decode(reader, reader.size(), $undefined, _depth + 1, message.push);
                            message.body = "push";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.changes = $root.presync.v1.Changes.decode(reader, reader.size(), $undefined, _depth + 1, message.changes);
                            message.body = "changes";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.need = $root.presync.v1.Need.decode(reader, reader.size(), $undefined, _depth + 1, message.need);
                            message.body = "need";
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.chunks = $root.presync.v1.Chunks.decode(reader, reader.size(), $undefined, _depth + 1, message.chunks);
                            message.body = "chunks";
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.committed = $root.presync.v1.Committed.decode(reader, reader.size(), $undefined, _depth + 1, message.committed);
                            message.body = "committed";
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            message.state = $root.presync.v1.ContextState.decode(reader, reader.size(), $undefined, _depth + 1, message.state);
                            message.body = "state";
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            message.build = $root.presync.v1.Build.decode(reader, reader.size(), $undefined, _depth + 1, message.build);
                            message.body = "build";
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            message.events = $root.presync.v1.BuildEvents.decode(reader, reader.size(), $undefined, _depth + 1, message.events);
                            message.body = "events";
                            continue;
                        }
                    case 13: {
                            if (wireType !== 2)
                                break;
                            message.done = $root.presync.v1.BuildDone.decode(reader, reader.size(), $undefined, _depth + 1, message.done);
                            message.body = "done";
                            continue;
                        }
                    case 14: {
                            if (wireType !== 2)
                                break;
                            message.cancel = $root.presync.v1.Cancel.decode(reader, reader.size(), $undefined, _depth + 1, message.cancel);
                            message.body = "cancel";
                            continue;
                        }
                    case 15: {
                            if (wireType !== 2)
                                break;
                            message.barrier = $root.presync.v1.Barrier.decode(reader, reader.size(), $undefined, _depth + 1, message.barrier);
                            message.body = "barrier";
                            continue;
                        }
                    case 16: {
                            if (wireType !== 2)
                                break;
                            message.reached = $root.presync.v1.BarrierReached.decode(reader, reader.size(), $undefined, _depth + 1, message.reached);
                            message.body = "reached";
                            continue;
                        }
                    case 17: {
                            if (wireType !== 2)
                                break;
                            message.error = $root.presync.v1.Error.decode(reader, reader.size(), $undefined, _depth + 1, message.error);
                            message.body = "error";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Envelope;
        })();

        v1.Hello = (function() {

            /**
             * Properties of a Hello.
             * @typedef {Object} presync.v1.Hello.$Properties
             * @property {Array.<number>|null} [versions] Hello versions
             * @property {string|null} [program] Hello program
             * @property {Array.<string>|null} [features] Hello features
             * @property {Array.<presync.v1.Codec>|null} [codecs] Hello codecs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Hello.
             * @memberof presync.v1
             * @interface IHello
             * @augments presync.v1.Hello.$Properties
             * @deprecated Use presync.v1.Hello.$Properties instead.
             */

            /**
             * Shape of a Hello.
             * @typedef {presync.v1.Hello.$Properties} presync.v1.Hello.$Shape
             */

            /**
             * Constructs a new Hello.
             * @memberof presync.v1
             * @classdesc Represents a Hello.
             * @constructor
             * @param {presync.v1.Hello.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Hello = function (properties) {
                this.versions = [];
                this.features = [];
                this.codecs = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Hello versions.
             * @member {Array.<number>} versions
             * @memberof presync.v1.Hello
             * @instance
             */
            Hello.prototype.versions = $util.emptyArray;

            /**
             * Hello program.
             * @member {string} program
             * @memberof presync.v1.Hello
             * @instance
             */
            Hello.prototype.program = "";

            /**
             * Hello features.
             * @member {Array.<string>} features
             * @memberof presync.v1.Hello
             * @instance
             */
            Hello.prototype.features = $util.emptyArray;

            /**
             * Hello codecs.
             * @member {Array.<presync.v1.Codec>} codecs
             * @memberof presync.v1.Hello
             * @instance
             */
            Hello.prototype.codecs = $util.emptyArray;

            /**
             * Encodes the specified Hello message. Does not implicitly {@link presync.v1.Hello.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.Hello
             * @static
             * @param {presync.v1.Hello.$Properties} message Hello message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Hello.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.versions != null && message.versions.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).uint32s(message.versions);
                if (message.program != null && $Object.hasOwnProperty.call(message, "program") && message.program !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.program);
                if (message.features != null && message.features.length)
                    for (let i = 0; i < message.features.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.features[i]);
                if (message.codecs != null && message.codecs.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).int32s(message.codecs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Hello message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.Hello
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.Hello & presync.v1.Hello.$Shape} Hello
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Hello.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.Hello();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType === 2) {
                                if (!(message.versions && message.versions.length))
                                    message.versions = [];
                                reader.uint32s(message.versions);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.versions && message.versions.length))
                                message.versions = [];
                            message.versions.push(reader.uint32());
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.program = value;
                            else
                                delete message.program;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.features && message.features.length))
                                message.features = [];
                            message.features.push(reader.stringVerify());
                            continue;
                        }
                    case 4: {
                            if (wireType === 2) {
                                if (!(message.codecs && message.codecs.length))
                                    message.codecs = [];
                                reader.int32s(message.codecs);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.codecs && message.codecs.length))
                                message.codecs = [];
                            message.codecs.push(reader.int32());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Hello;
        })();

        /**
         * Codec enum.
         * @name presync.v1.Codec
         * @enum {number}
         * @property {number} CODEC_NONE=0 CODEC_NONE value
         * @property {number} CODEC_DEFLATE=1 CODEC_DEFLATE value
         * @property {number} CODEC_ZSTD=2 CODEC_ZSTD value
         */
        v1.Codec = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "CODEC_NONE"] = 0;
            values[valuesById[1] = "CODEC_DEFLATE"] = 1;
            values[valuesById[2] = "CODEC_ZSTD"] = 2;
            return values;
        })();

        /**
         * Role enum.
         * @name presync.v1.Role
         * @enum {number}
         * @property {number} ROLE_GUEST=0 ROLE_GUEST value
         * @property {number} ROLE_OWNER=1 ROLE_OWNER value
         */
        v1.Role = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "ROLE_GUEST"] = 0;
            values[valuesById[1] = "ROLE_OWNER"] = 1;
            return values;
        })();

        v1.OpenContext = (function() {

            /**
             * Properties of an OpenContext.
             * @typedef {Object} presync.v1.OpenContext.$Properties
             * @property {Uint8Array|null} [context] OpenContext context
             * @property {Uint8Array|null} [label] OpenContext label
             * @property {presync.v1.Role|null} [role] OpenContext role
             * @property {Uint8Array|null} [nonce] OpenContext nonce
             * @property {presync.v1.Engine.$Properties|null} [engine] OpenContext engine
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an OpenContext.
             * @memberof presync.v1
             * @interface IOpenContext
             * @augments presync.v1.OpenContext.$Properties
             * @deprecated Use presync.v1.OpenContext.$Properties instead.
             */

            /**
             * Shape of an OpenContext.
             * @typedef {presync.v1.OpenContext.$Properties} presync.v1.OpenContext.$Shape
             */

            /**
             * Constructs a new OpenContext.
             * @memberof presync.v1
             * @classdesc Represents an OpenContext.
             * @constructor
             * @param {presync.v1.OpenContext.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const OpenContext = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * OpenContext context.
             * @member {Uint8Array} context
             * @memberof presync.v1.OpenContext
             * @instance
             */
            OpenContext.prototype.context = $util.newBuffer([]);

            /**
             * OpenContext label.
             * @member {Uint8Array} label
             * @memberof presync.v1.OpenContext
             * @instance
             */
            OpenContext.prototype.label = $util.newBuffer([]);

            /**
             * OpenContext role.
             * @member {presync.v1.Role} role
             * @memberof presync.v1.OpenContext
             * @instance
             */
            OpenContext.prototype.role = 0;

            /**
             * OpenContext nonce.
             * @member {Uint8Array} nonce
             * @memberof presync.v1.OpenContext
             * @instance
             */
            OpenContext.prototype.nonce = $util.newBuffer([]);

            /**
             * OpenContext engine.
             * @member {presync.v1.Engine.$Properties|null|undefined} engine
             * @memberof presync.v1.OpenContext
             * @instance
             */
            OpenContext.prototype.engine = null;

            /**
             * Encodes the specified OpenContext message. Does not implicitly {@link presync.v1.OpenContext.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.OpenContext
             * @static
             * @param {presync.v1.OpenContext.$Properties} message OpenContext message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            OpenContext.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.context != null && $Object.hasOwnProperty.call(message, "context") && message.context.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.context);
                if (message.label != null && $Object.hasOwnProperty.call(message, "label") && message.label.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.label);
                if (message.role != null && $Object.hasOwnProperty.call(message, "role") && message.role !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.role);
                if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce") && message.nonce.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.nonce);
                if (message.engine != null && $Object.hasOwnProperty.call(message, "engine"))
                    $root.presync.v1.Engine.encode(message.engine, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an OpenContext message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.OpenContext
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.OpenContext & presync.v1.OpenContext.$Shape} OpenContext
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            OpenContext.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.OpenContext();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.context = value;
                            else
                                delete message.context;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.label = value;
                            else
                                delete message.label;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.role = value;
                            else
                                delete message.role;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.nonce = value;
                            else
                                delete message.nonce;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.engine = $root.presync.v1.Engine.decode(reader, reader.size(), $undefined, _depth + 1, message.engine);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return OpenContext;
        })();

        v1.Engine = (function() {

            /**
             * Properties of an Engine.
             * @typedef {Object} presync.v1.Engine.$Properties
             * @property {string|null} [spec] Engine spec
             * @property {Object.<string,string>|null} [environment] Engine environment
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Engine.
             * @memberof presync.v1
             * @interface IEngine
             * @augments presync.v1.Engine.$Properties
             * @deprecated Use presync.v1.Engine.$Properties instead.
             */

            /**
             * Shape of an Engine.
             * @typedef {presync.v1.Engine.$Properties} presync.v1.Engine.$Shape
             */

            /**
             * Constructs a new Engine.
             * @memberof presync.v1
             * @classdesc Represents an Engine.
             * @constructor
             * @param {presync.v1.Engine.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Engine = function (properties) {
                this.environment = {};
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Engine spec.
             * @member {string} spec
             * @memberof presync.v1.Engine
             * @instance
             */
            Engine.prototype.spec = "";

            /**
             * Engine environment.
             * @member {Object.<string,string>} environment
             * @memberof presync.v1.Engine
             * @instance
             */
            Engine.prototype.environment = $util.emptyObject;

            /**
             * Encodes the specified Engine message. Does not implicitly {@link presync.v1.Engine.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.Engine
             * @static
             * @param {presync.v1.Engine.$Properties} message Engine message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Engine.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.spec != null && $Object.hasOwnProperty.call(message, "spec") && message.spec !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.spec);
                if (message.environment != null && $Object.hasOwnProperty.call(message, "environment"))
                    for (let keys = $Object.keys(message.environment), i = 0; i < keys.length; ++i)
                        writer.uint32(/* id 2, wireType 2 =*/18).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.environment[keys[i]]).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Engine message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.Engine
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.Engine & presync.v1.Engine.$Shape} Engine
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Engine.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, key, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.Engine();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.spec = value;
                            else
                                delete message.spec;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (message.environment === $util.emptyObject)
                                message.environment = {};
                            let end2 = reader.size() + reader.pos;
                            if (end2 > reader.len)
                                throw $RangeError("index out of range");
                            reader.len = end2;
                            key = "";
                            value = "";
                            while (reader.pos < end2) {
                                let tag2 = reader.tag();
                                wireType = tag2 & 7;
                                switch (tag2 >>>= 3) {
                                case 1:
                                    if (wireType !== 2)
                                        break;
                                    key = reader.stringVerify();
                                    continue;
                                case 2:
                                    if (wireType !== 2)
                                        break;
                                    value = reader.stringVerify();
                                    continue;
                                }
                                reader.skipType(wireType, _depth, tag2);
                            }
                            if (reader.pos !== end2)
                                throw $RangeError("index out of range");
                            reader.len = end;
                            if (key === "__proto__")
                                $util.makeProp(message.environment, key);
                            message.environment[key] = value;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Engine;
        })();

        v1.ContextOpened = (function() {

            /**
             * Properties of a ContextOpened.
             * @typedef {Object} presync.v1.ContextOpened.$Properties
             * @property {Uint8Array|null} [snapshot] ContextOpened snapshot
             * @property {presync.v1.Ownership|null} [ownership] ContextOpened ownership
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ContextOpened.
             * @memberof presync.v1
             * @interface IContextOpened
             * @augments presync.v1.ContextOpened.$Properties
             * @deprecated Use presync.v1.ContextOpened.$Properties instead.
             */

            /**
             * Shape of a ContextOpened.
             * @typedef {presync.v1.ContextOpened.$Properties} presync.v1.ContextOpened.$Shape
             */

            /**
             * Constructs a new ContextOpened.
             * @memberof presync.v1
             * @classdesc Represents a ContextOpened.
             * @constructor
             * @param {presync.v1.ContextOpened.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ContextOpened = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ContextOpened snapshot.
             * @member {Uint8Array} snapshot
             * @memberof presync.v1.ContextOpened
             * @instance
             */
            ContextOpened.prototype.snapshot = $util.newBuffer([]);

            /**
             * ContextOpened ownership.
             * @member {presync.v1.Ownership} ownership
             * @memberof presync.v1.ContextOpened
             * @instance
             */
            ContextOpened.prototype.ownership = 0;

            /**
             * Encodes the specified ContextOpened message. Does not implicitly {@link presync.v1.ContextOpened.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.ContextOpened
             * @static
             * @param {presync.v1.ContextOpened.$Properties} message ContextOpened message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ContextOpened.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.snapshot != null && $Object.hasOwnProperty.call(message, "snapshot") && message.snapshot.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.snapshot);
                if (message.ownership != null && $Object.hasOwnProperty.call(message, "ownership") && message.ownership !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.ownership);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ContextOpened message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.ContextOpened
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.ContextOpened & presync.v1.ContextOpened.$Shape} ContextOpened
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ContextOpened.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.ContextOpened();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.snapshot = value;
                            else
                                delete message.snapshot;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.ownership = value;
                            else
                                delete message.ownership;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ContextOpened;
        })();

        /**
         * Ownership enum.
         * @name presync.v1.Ownership
         * @enum {number}
         * @property {number} OWNERSHIP_NONE=0 OWNERSHIP_NONE value
         * @property {number} OWNERSHIP_YOURS=1 OWNERSHIP_YOURS value
         * @property {number} OWNERSHIP_OTHER=2 OWNERSHIP_OTHER value
         */
        v1.Ownership = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "OWNERSHIP_NONE"] = 0;
            values[valuesById[1] = "OWNERSHIP_YOURS"] = 1;
            values[valuesById[2] = "OWNERSHIP_OTHER"] = 2;
            return values;
        })();

        v1.Push = (function() {

            /**
             * Properties of a Push.
             * @typedef {Object} presync.v1.Push.$Properties
             * @property {Uint8Array|null} [context] Push context
             * @property {Uint8Array|null} [base] Push base
             * @property {Uint8Array|null} [target] Push target
             * @property {number|null} [asOf] Push asOf
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Push.
             * @memberof presync.v1
             * @interface IPush
             * @augments presync.v1.Push.$Properties
             * @deprecated Use presync.v1.Push.$Properties instead.
             */

            /**
             * Shape of a Push.
             * @typedef {presync.v1.Push.$Properties} presync.v1.Push.$Shape
             */

            /**
             * Constructs a new Push.
             * @memberof presync.v1
             * @classdesc Represents a Push.
             * @constructor
             * @param {presync.v1.Push.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Push = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Push context.
             * @member {Uint8Array} context
             * @memberof presync.v1.Push
             * @instance
             */
            Push.prototype.context = $util.newBuffer([]);

            /**
             * Push base.
             * @member {Uint8Array} base
             * @memberof presync.v1.Push
             * @instance
             */
            Push.prototype.base = $util.newBuffer([]);

            /**
             * Push target.
             * @member {Uint8Array} target
             * @memberof presync.v1.Push
             * @instance
             */
            Push.prototype.target = $util.newBuffer([]);

            /**
             * Push asOf.
             * @member {number} asOf
             * @memberof presync.v1.Push
             * @instance
             */
            Push.prototype.asOf = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Encodes the specified Push message. Does not implicitly {@link presync.v1.Push.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.Push
             * @static
             * @param {presync.v1.Push.$Properties} message Push message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Push.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.context != null && $Object.hasOwnProperty.call(message, "context") && message.context.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.context);
                if (message.base != null && $Object.hasOwnProperty.call(message, "base") && message.base.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.base);
                if (message.target != null && $Object.hasOwnProperty.call(message, "target") && message.target.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.target);
                if (message.asOf != null && $Object.hasOwnProperty.call(message, "asOf") && (typeof message.asOf === "object" ? message.asOf.low || message.asOf.high : message.asOf !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.asOf);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Push message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.Push
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.Push & presync.v1.Push.$Shape} Push
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Push.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.Push();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.context = value;
                            else
                                delete message.context;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.base = value;
                            else
                                delete message.base;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.target = value;
                            else
                                delete message.target;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.asOf = value;
                            else
                                delete message.asOf;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Push;
        })();

        v1.Changes = (function() {

            /**
             * Properties of a Changes.
             * @typedef {Object} presync.v1.Changes.$Properties
             * @property {Array.<presync.v1.Change.$Properties>|null} [changes] Changes changes
             * @property {Array.<presync.v1.Chunk.$Properties>|null} [inline] Changes inline
             * @property {boolean|null} [last] Changes last
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Changes.
             * @memberof presync.v1
             * @interface IChanges
             * @augments presync.v1.Changes.$Properties
             * @deprecated Use presync.v1.Changes.$Properties instead.
             */

            /**
             * Shape of a Changes.
             * @typedef {{
             *   changes?: Array.<presync.v1.Change.$Shape>|null;
             *   inline?: Array.<presync.v1.Chunk.$Shape>|null;
             *   last?: boolean|null;
             *   $unknowns?: Array.<Uint8Array>;
             * }} presync.v1.Changes.$Shape
             */

            /**
             * Constructs a new Changes.
             * @memberof presync.v1
             * @classdesc Represents a Changes.
             * @constructor
             * @param {presync.v1.Changes.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Changes = function (properties) {
                this.changes = [];
                this.inline = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Changes changes.
             * @member {Array.<presync.v1.Change.$Properties>} changes
             * @memberof presync.v1.Changes
             * @instance
             */
            Changes.prototype.changes = $util.emptyArray;

            /**
             * Changes inline.
             * @member {Array.<presync.v1.Chunk.$Properties>} inline
             * @memberof presync.v1.Changes
             * @instance
             */
            Changes.prototype.inline = $util.emptyArray;

            /**
             * Changes last.
             * @member {boolean} last
             * @memberof presync.v1.Changes
             * @instance
             */
            Changes.prototype.last = false;

            /**
             * Encodes the specified Changes message. Does not implicitly {@link presync.v1.Changes.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.Changes
             * @static
             * @param {presync.v1.Changes.$Properties} message Changes message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Changes.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.changes != null && message.changes.length)
                    for (let i = 0; i < message.changes.length; ++i)
                        $root.presync.v1.Change.encode(message.changes[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.inline != null && message.inline.length)
                    for (let i = 0; i < message.inline.length; ++i)
                        $root.presync.v1.Chunk.encode(message.inline[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.last != null && $Object.hasOwnProperty.call(message, "last") && message.last !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.last);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Changes message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.Changes
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.Changes & presync.v1.Changes.$Shape} Changes
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Changes.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.Changes();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.changes && message.changes.length))
                                message.changes = [];
                            message.changes.push($root.presync.v1.Change.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.inline && message.inline.length))
                                message.inline = [];
                            message.inline.push($root.presync.v1.Chunk.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.last = value;
                            else
                                delete message.last;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Changes;
        })();

        v1.Change = (function() {

            /**
             * Properties of a Change.
             * @typedef {Object} presync.v1.Change.$Properties
             * @property {Uint8Array|null} [path] Change path
             * @property {presync.v1.File.$Properties|null} [file] Change file
             * @property {presync.v1.Directory.$Properties|null} [directory] Change directory
             * @property {presync.v1.Symlink.$Properties|null} [symlink] Change symlink
             * @property {presync.v1.Removed.$Properties|null} [removed] Change removed
             * @property {"file"|"directory"|"symlink"|"removed"} [kind] Change kind
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Change.
             * @memberof presync.v1
             * @interface IChange
             * @augments presync.v1.Change.$Properties
             * @deprecated Use presync.v1.Change.$Properties instead.
             */

            /**
             * Narrowed shape of a Change.
             * @typedef {{
             *   path?: Uint8Array|null;
             *   file?: presync.v1.File.$Shape|null;
             *   directory?: presync.v1.Directory.$Shape|null;
             *   symlink?: presync.v1.Symlink.$Shape|null;
             *   removed?: presync.v1.Removed.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ kind?: undefined; file?: null; directory?: null; symlink?: null; removed?: null }|{ kind?: "file"; file: presync.v1.File.$Shape; directory?: null; symlink?: null; removed?: null }|{ kind?: "directory"; file?: null; directory: presync.v1.Directory.$Shape; symlink?: null; removed?: null }|{ kind?: "symlink"; file?: null; directory?: null; symlink: presync.v1.Symlink.$Shape; removed?: null }|{ kind?: "removed"; file?: null; directory?: null; symlink?: null; removed: presync.v1.Removed.$Shape })
             * )} presync.v1.Change.$Shape
             */

            /**
             * Constructs a new Change.
             * @memberof presync.v1
             * @classdesc Represents a Change.
             * @constructor
             * @param {presync.v1.Change.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Change = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Change path.
             * @member {Uint8Array} path
             * @memberof presync.v1.Change
             * @instance
             */
            Change.prototype.path = $util.newBuffer([]);

            /**
             * Change file.
             * @member {presync.v1.File.$Properties|null|undefined} file
             * @memberof presync.v1.Change
             * @instance
             */
            Change.prototype.file = null;

            /**
             * Change directory.
             * @member {presync.v1.Directory.$Properties|null|undefined} directory
             * @memberof presync.v1.Change
             * @instance
             */
            Change.prototype.directory = null;

            /**
             * Change symlink.
             * @member {presync.v1.Symlink.$Properties|null|undefined} symlink
             * @memberof presync.v1.Change
             * @instance
             */
            Change.prototype.symlink = null;

            /**
             * Change removed.
             * @member {presync.v1.Removed.$Properties|null|undefined} removed
             * @memberof presync.v1.Change
             * @instance
             */
            Change.prototype.removed = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * Change kind.
             * @member {"file"|"directory"|"symlink"|"removed"|undefined} kind
             * @memberof presync.v1.Change
             * @instance
             */
            $Object.defineProperty(Change.prototype, "kind", {
                get: $util.oneOfGetter($oneOfFields = ["file", "directory", "symlink", "removed"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified Change message. Does not implicitly {@link presync.v1.Change.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.Change
             * @static
             * @param {presync.v1.Change.$Properties} message Change message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Change.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.path);
                if (message.file != null && $Object.hasOwnProperty.call(message, "file"))
                    $root.presync.v1.File.encode(message.file, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.directory != null && $Object.hasOwnProperty.call(message, "directory"))
                    $root.presync.v1.Directory.encode(message.directory, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.symlink != null && $Object.hasOwnProperty.call(message, "symlink"))
                    $root.presync.v1.Symlink.encode(message.symlink, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.removed != null && $Object.hasOwnProperty.call(message, "removed"))
                    $root.presync.v1.Removed.encode(message.removed, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Change message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.Change
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.Change & presync.v1.Change.$Shape} Change
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Change.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.Change();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.path = value;
                            else
                                delete message.path;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.file = $root.presync.v1.File.decode(reader, reader.size(), $undefined, _depth + 1, message.file);
                            message.kind = "file";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.directory = $root.presync.v1.Directory.decode(reader, reader.size(), $undefined, _depth + 1, message.directory);
                            message.kind = "directory";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.symlink = $root.presync.v1.Symlink.decode(reader, reader.size(), $undefined, _depth + 1, message.symlink);
                            message.kind = "symlink";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.removed = $root.presync.v1.Removed.decode(reader, reader.size(), $undefined, _depth + 1, message.removed);
                            message.kind = "removed";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Change;
        })();

        v1.File = (function() {

            /**
             * Properties of a File.
             * @typedef {Object} presync.v1.File.$Properties
             * @property {number|null} [mode] File mode
             * @property {presync.v1.Time.$Properties|null} [mtime] File mtime
             * @property {number|null} [size] File size
             * @property {Uint8Array|null} [digest] File digest
             * @property {Uint8Array|null} [chunkList] File chunkList
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a File.
             * @memberof presync.v1
             * @interface IFile
             * @augments presync.v1.File.$Properties
             * @deprecated Use presync.v1.File.$Properties instead.
             */

            /**
             * Shape of a File.
             * @typedef {presync.v1.File.$Properties} presync.v1.File.$Shape
             */

            /**
             * Constructs a new File.
             * @memberof presync.v1
             * @classdesc Represents a File.
             * @constructor
             * @param {presync.v1.File.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const File = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * File mode.
             * @member {number} mode
             * @memberof presync.v1.File
             * @instance
             */
            File.prototype.mode = 0;

            /**
             * File mtime.
             * @member {presync.v1.Time.$Properties|null|undefined} mtime
             * @memberof presync.v1.File
             * @instance
             */
            File.prototype.mtime = null;

            /**
             * File size.
             * @member {number} size
             * @memberof presync.v1.File
             * @instance
             */
            File.prototype.size = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * File digest.
             * @member {Uint8Array} digest
             * @memberof presync.v1.File
             * @instance
             */
            File.prototype.digest = $util.newBuffer([]);

            /**
             * File chunkList.
             * @member {Uint8Array} chunkList
             * @memberof presync.v1.File
             * @instance
             */
            File.prototype.chunkList = $util.newBuffer([]);

            /**
             * Encodes the specified File message. Does not implicitly {@link presync.v1.File.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.File
             * @static
             * @param {presync.v1.File.$Properties} message File message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            File.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.mode != null && $Object.hasOwnProperty.call(message, "mode") && message.mode !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.mode);
                if (message.mtime != null && $Object.hasOwnProperty.call(message, "mtime"))
                    $root.presync.v1.Time.encode(message.mtime, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.size != null && $Object.hasOwnProperty.call(message, "size") && (typeof message.size === "object" ? message.size.low || message.size.high : message.size !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.size);
                if (message.digest != null && $Object.hasOwnProperty.call(message, "digest") && message.digest.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.digest);
                if (message.chunkList != null && $Object.hasOwnProperty.call(message, "chunkList") && message.chunkList.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.chunkList);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a File message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.File
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.File & presync.v1.File.$Shape} File
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            File.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.File();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.mode = value;
                            else
                                delete message.mode;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.mtime = $root.presync.v1.Time.decode(reader, reader.size(), $undefined, _depth + 1, message.mtime);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.size = value;
                            else
                                delete message.size;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.digest = value;
                            else
                                delete message.digest;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.chunkList = value;
                            else
                                delete message.chunkList;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return File;
        })();

        v1.Directory = (function() {

            /**
             * Properties of a Directory.
             * @typedef {Object} presync.v1.Directory.$Properties
             * @property {number|null} [mode] Directory mode
             * @property {presync.v1.Time.$Properties|null} [mtime] Directory mtime
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Directory.
             * @memberof presync.v1
             * @interface IDirectory
             * @augments presync.v1.Directory.$Properties
             * @deprecated Use presync.v1.Directory.$Properties instead.
             */

            /**
             * Shape of a Directory.
             * @typedef {presync.v1.Directory.$Properties} presync.v1.Directory.$Shape
             */

            /**
             * Constructs a new Directory.
             * @memberof presync.v1
             * @classdesc Represents a Directory.
             * @constructor
             * @param {presync.v1.Directory.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Directory = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Directory mode.
             * @member {number} mode
             * @memberof presync.v1.Directory
             * @instance
             */
            Directory.prototype.mode = 0;

            /**
             * Directory mtime.
             * @member {presync.v1.Time.$Properties|null|undefined} mtime
             * @memberof presync.v1.Directory
             * @instance
             */
            Directory.prototype.mtime = null;

            /**
             * Encodes the specified Directory message. Does not implicitly {@link presync.v1.Directory.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.Directory
             * @static
             * @param {presync.v1.Directory.$Properties} message Directory message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Directory.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.mode != null && $Object.hasOwnProperty.call(message, "mode") && message.mode !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.mode);
                if (message.mtime != null && $Object.hasOwnProperty.call(message, "mtime"))
                    $root.presync.v1.Time.encode(message.mtime, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Directory message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.Directory
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.Directory & presync.v1.Directory.$Shape} Directory
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Directory.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.Directory();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.mode = value;
                            else
                                delete message.mode;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.mtime = $root.presync.v1.Time.decode(reader, reader.size(), $undefined, _depth + 1, message.mtime);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Directory;
        })();

        v1.Symlink = (function() {

            /**
             * Properties of a Symlink.
             * @typedef {Object} presync.v1.Symlink.$Properties
             * @property {presync.v1.Time.$Properties|null} [mtime] Symlink mtime
             * @property {Uint8Array|null} [target] Symlink target
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Symlink.
             * @memberof presync.v1
             * @interface ISymlink
             * @augments presync.v1.Symlink.$Properties
             * @deprecated Use presync.v1.Symlink.$Properties instead.
             */

            /**
             * Shape of a Symlink.
             * @typedef {presync.v1.Symlink.$Properties} presync.v1.Symlink.$Shape
             */

            /**
             * Constructs a new Symlink.
             * @memberof presync.v1
             * @classdesc Represents a Symlink.
             * @constructor
             * @param {presync.v1.Symlink.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Symlink = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Symlink mtime.
             * @member {presync.v1.Time.$Properties|null|undefined} mtime
             * @memberof presync.v1.Symlink
             * @instance
             */
            Symlink.prototype.mtime = null;

            /**
             * Symlink target.
             * @member {Uint8Array} target
             * @memberof presync.v1.Symlink
             * @instance
             */
            Symlink.prototype.target = $util.newBuffer([]);

            /**
             * Encodes the specified Symlink message. Does not implicitly {@link presync.v1.Symlink.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.Symlink
             * @static
             * @param {presync.v1.Symlink.$Properties} message Symlink message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Symlink.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.mtime != null && $Object.hasOwnProperty.call(message, "mtime"))
                    $root.presync.v1.Time.encode(message.mtime, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.target != null && $Object.hasOwnProperty.call(message, "target") && message.target.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.target);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Symlink message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.Symlink
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.Symlink & presync.v1.Symlink.$Shape} Symlink
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Symlink.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.Symlink();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.mtime = $root.presync.v1.Time.decode(reader, reader.size(), $undefined, _depth + 1, message.mtime);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.target = value;
                            else
                                delete message.target;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Symlink;
        })();

        v1.Removed = (function() {

            /**
             * Properties of a Removed.
             * @typedef {Object} presync.v1.Removed.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Removed.
             * @memberof presync.v1
             * @interface IRemoved
             * @augments presync.v1.Removed.$Properties
             * @deprecated Use presync.v1.Removed.$Properties instead.
             */

            /**
             * Shape of a Removed.
             * @typedef {presync.v1.Removed.$Properties} presync.v1.Removed.$Shape
             */

            /**
             * Constructs a new Removed.
             * @memberof presync.v1
             * @classdesc Represents a Removed.
             * @constructor
             * @param {presync.v1.Removed.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Removed = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Encodes the specified Removed message. Does not implicitly {@link presync.v1.Removed.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.Removed
             * @static
             * @param {presync.v1.Removed.$Properties} message Removed message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Removed.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Removed message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.Removed
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.Removed & presync.v1.Removed.$Shape} Removed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Removed.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.Removed();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Removed;
        })();

        v1.Time = (function() {

            /**
             * Properties of a Time.
             * @typedef {Object} presync.v1.Time.$Properties
             * @property {number|null} [seconds] Time seconds
             * @property {number|null} [nanos] Time nanos
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Time.
             * @memberof presync.v1
             * @interface ITime
             * @augments presync.v1.Time.$Properties
             * @deprecated Use presync.v1.Time.$Properties instead.
             */

            /**
             * Shape of a Time.
             * @typedef {presync.v1.Time.$Properties} presync.v1.Time.$Shape
             */

            /**
             * Constructs a new Time.
             * @memberof presync.v1
             * @classdesc Represents a Time.
             * @constructor
             * @param {presync.v1.Time.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Time = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Time seconds.
             * @member {number} seconds
             * @memberof presync.v1.Time
             * @instance
             */
            Time.prototype.seconds = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Time nanos.
             * @member {number} nanos
             * @memberof presync.v1.Time
             * @instance
             */
            Time.prototype.nanos = 0;

            /**
             * Encodes the specified Time message. Does not implicitly {@link presync.v1.Time.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.Time
             * @static
             * @param {presync.v1.Time.$Properties} message Time message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Time.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.seconds != null && $Object.hasOwnProperty.call(message, "seconds") && (typeof message.seconds === "object" ? message.seconds.low || message.seconds.high : message.seconds !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).sint64(message.seconds);
                if (message.nanos != null && $Object.hasOwnProperty.call(message, "nanos") && message.nanos !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.nanos);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Time message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.Time
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.Time & presync.v1.Time.$Shape} Time
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Time.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.Time();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.sint64()) === "object" ? value.low || value.high : value !== 0)
                                message.seconds = value;
                            else
                                delete message.seconds;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.nanos = value;
                            else
                                delete message.nanos;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Time;
        })();

        v1.Need = (function() {

            /**
             * Properties of a Need.
             * @typedef {Object} presync.v1.Need.$Properties
             * @property {Uint8Array|null} [digests] Need digests
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Need.
             * @memberof presync.v1
             * @interface INeed
             * @augments presync.v1.Need.$Properties
             * @deprecated Use presync.v1.Need.$Properties instead.
             */

            /**
             * Shape of a Need.
             * @typedef {presync.v1.Need.$Properties} presync.v1.Need.$Shape
             */

            /**
             * Constructs a new Need.
             * @memberof presync.v1
             * @classdesc Represents a Need.
             * @constructor
             * @param {presync.v1.Need.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Need = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Need digests.
             * @member {Uint8Array} digests
             * @memberof presync.v1.Need
             * @instance
             */
            Need.prototype.digests = $util.newBuffer([]);

            /**
             * Encodes the specified Need message. Does not implicitly {@link presync.v1.Need.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.Need
             * @static
             * @param {presync.v1.Need.$Properties} message Need message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Need.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.digests != null && $Object.hasOwnProperty.call(message, "digests") && message.digests.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.digests);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Need message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.Need
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.Need & presync.v1.Need.$Shape} Need
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Need.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.Need();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.digests = value;
                            else
                                delete message.digests;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Need;
        })();

        v1.Chunks = (function() {

            /**
             * Properties of a Chunks.
             * @typedef {Object} presync.v1.Chunks.$Properties
             * @property {Array.<presync.v1.Chunk.$Properties>|null} [chunks] Chunks chunks
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Chunks.
             * @memberof presync.v1
             * @interface IChunks
             * @augments presync.v1.Chunks.$Properties
             * @deprecated Use presync.v1.Chunks.$Properties instead.
             */

            /**
             * Shape of a Chunks.
             * @typedef {presync.v1.Chunks.$Properties} presync.v1.Chunks.$Shape
             */

            /**
             * Constructs a new Chunks.
             * @memberof presync.v1
             * @classdesc Represents a Chunks.
             * @constructor
             * @param {presync.v1.Chunks.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Chunks = function (properties) {
                this.chunks = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Chunks chunks.
             * @member {Array.<presync.v1.Chunk.$Properties>} chunks
             * @memberof presync.v1.Chunks
             * @instance
             */
            Chunks.prototype.chunks = $util.emptyArray;

            /**
             * Encodes the specified Chunks message. Does not implicitly {@link presync.v1.Chunks.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.Chunks
             * @static
             * @param {presync.v1.Chunks.$Properties} message Chunks message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Chunks.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.chunks != null && message.chunks.length)
                    for (let i = 0; i < message.chunks.length; ++i)
                        $root.presync.v1.Chunk.encode(message.chunks[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Chunks message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.Chunks
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.Chunks & presync.v1.Chunks.$Shape} Chunks
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Chunks.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.Chunks();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.chunks && message.chunks.length))
                                message.chunks = [];
                            message.chunks.push($root.presync.v1.Chunk.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Chunks;
        })();

        v1.Chunk = (function() {

            /**
             * Properties of a Chunk.
             * @typedef {Object} presync.v1.Chunk.$Properties
             * @property {Uint8Array|null} [digest] Chunk digest
             * @property {presync.v1.Codec|null} [codec] Chunk codec
             * @property {number|null} [size] Chunk size
             * @property {Uint8Array|null} [data] Chunk data
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Chunk.
             * @memberof presync.v1
             * @interface IChunk
             * @augments presync.v1.Chunk.$Properties
             * @deprecated Use presync.v1.Chunk.$Properties instead.
             */

            /**
             * Shape of a Chunk.
             * @typedef {presync.v1.Chunk.$Properties} presync.v1.Chunk.$Shape
             */

            /**
             * Constructs a new Chunk.
             * @memberof presync.v1
             * @classdesc Represents a Chunk.
             * @constructor
             * @param {presync.v1.Chunk.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Chunk = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Chunk digest.
             * @member {Uint8Array} digest
             * @memberof presync.v1.Chunk
             * @instance
             */
            Chunk.prototype.digest = $util.newBuffer([]);

            /**
             * Chunk codec.
             * @member {presync.v1.Codec} codec
             * @memberof presync.v1.Chunk
             * @instance
             */
            Chunk.prototype.codec = 0;

            /**
             * Chunk size.
             * @member {number} size
             * @memberof presync.v1.Chunk
             * @instance
             */
            Chunk.prototype.size = 0;

            /**
             * Chunk data.
             * @member {Uint8Array} data
             * @memberof presync.v1.Chunk
             * @instance
             */
            Chunk.prototype.data = $util.newBuffer([]);

            /**
             * Encodes the specified Chunk message. Does not implicitly {@link presync.v1.Chunk.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.Chunk
             * @static
             * @param {presync.v1.Chunk.$Properties} message Chunk message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Chunk.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.digest != null && $Object.hasOwnProperty.call(message, "digest") && message.digest.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.digest);
                if (message.codec != null && $Object.hasOwnProperty.call(message, "codec") && message.codec !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.codec);
                if (message.size != null && $Object.hasOwnProperty.call(message, "size") && message.size !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.size);
                if (message.data != null && $Object.hasOwnProperty.call(message, "data") && message.data.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.data);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Chunk message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.Chunk
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.Chunk & presync.v1.Chunk.$Shape} Chunk
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Chunk.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.Chunk();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.digest = value;
                            else
                                delete message.digest;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.codec = value;
                            else
                                delete message.codec;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.size = value;
                            else
                                delete message.size;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.data = value;
                            else
                                delete message.data;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Chunk;
        })();

        v1.Committed = (function() {

            /**
             * Properties of a Committed.
             * @typedef {Object} presync.v1.Committed.$Properties
             * @property {Uint8Array|null} [snapshot] Committed snapshot
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Committed.
             * @memberof presync.v1
             * @interface ICommitted
             * @augments presync.v1.Committed.$Properties
             * @deprecated Use presync.v1.Committed.$Properties instead.
             */

            /**
             * Shape of a Committed.
             * @typedef {presync.v1.Committed.$Properties} presync.v1.Committed.$Shape
             */

            /**
             * Constructs a new Committed.
             * @memberof presync.v1
             * @classdesc Represents a Committed.
             * @constructor
             * @param {presync.v1.Committed.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Committed = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Committed snapshot.
             * @member {Uint8Array} snapshot
             * @memberof presync.v1.Committed
             * @instance
             */
            Committed.prototype.snapshot = $util.newBuffer([]);

            /**
             * Encodes the specified Committed message. Does not implicitly {@link presync.v1.Committed.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.Committed
             * @static
             * @param {presync.v1.Committed.$Properties} message Committed message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Committed.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.snapshot != null && $Object.hasOwnProperty.call(message, "snapshot") && message.snapshot.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.snapshot);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Committed message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.Committed
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.Committed & presync.v1.Committed.$Shape} Committed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Committed.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.Committed();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.snapshot = value;
                            else
                                delete message.snapshot;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Committed;
        })();

        v1.ContextState = (function() {

            /**
             * Properties of a ContextState.
             * @typedef {Object} presync.v1.ContextState.$Properties
             * @property {Uint8Array|null} [context] ContextState context
             * @property {Uint8Array|null} [snapshot] ContextState snapshot
             * @property {Uint8Array|null} [primed] ContextState primed
             * @property {presync.v1.Error.$Properties|null} [problem] ContextState problem
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ContextState.
             * @memberof presync.v1
             * @interface IContextState
             * @augments presync.v1.ContextState.$Properties
             * @deprecated Use presync.v1.ContextState.$Properties instead.
             */

            /**
             * Shape of a ContextState.
             * @typedef {presync.v1.ContextState.$Properties} presync.v1.ContextState.$Shape
             */

            /**
             * Constructs a new ContextState.
             * @memberof presync.v1
             * @classdesc Represents a ContextState.
             * @constructor
             * @param {presync.v1.ContextState.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ContextState = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ContextState context.
             * @member {Uint8Array} context
             * @memberof presync.v1.ContextState
             * @instance
             */
            ContextState.prototype.context = $util.newBuffer([]);

            /**
             * ContextState snapshot.
             * @member {Uint8Array} snapshot
             * @memberof presync.v1.ContextState
             * @instance
             */
            ContextState.prototype.snapshot = $util.newBuffer([]);

            /**
             * ContextState primed.
             * @member {Uint8Array} primed
             * @memberof presync.v1.ContextState
             * @instance
             */
            ContextState.prototype.primed = $util.newBuffer([]);

            /**
             * ContextState problem.
             * @member {presync.v1.Error.$Properties|null|undefined} problem
             * @memberof presync.v1.ContextState
             * @instance
             */
            ContextState.prototype.problem = null;

            /**
             * Encodes the specified ContextState message. Does not implicitly {@link presync.v1.ContextState.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.ContextState
             * @static
             * @param {presync.v1.ContextState.$Properties} message ContextState message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ContextState.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.context != null && $Object.hasOwnProperty.call(message, "context") && message.context.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.context);
                if (message.snapshot != null && $Object.hasOwnProperty.call(message, "snapshot") && message.snapshot.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.snapshot);
                if (message.primed != null && $Object.hasOwnProperty.call(message, "primed") && message.primed.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.primed);
                if (message.problem != null && $Object.hasOwnProperty.call(message, "problem"))
                    $root.presync.v1.Error.encode(message.problem, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ContextState message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.ContextState
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.ContextState & presync.v1.ContextState.$Shape} ContextState
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ContextState.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.ContextState();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.context = value;
                            else
                                delete message.context;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.snapshot = value;
                            else
                                delete message.snapshot;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.primed = value;
                            else
                                delete message.primed;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.problem = $root.presync.v1.Error.decode(reader, reader.size(), $undefined, _depth + 1, message.problem);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ContextState;
        })();

        v1.Build = (function() {

            /**
             * Properties of a Build.
             * @typedef {Object} presync.v1.Build.$Properties
             * @property {Uint8Array|null} [context] Build context
             * @property {Uint8Array|null} [snapshot] Build snapshot
             * @property {presync.v1.Recipe.$Properties|null} [recipe] Build recipe
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Build.
             * @memberof presync.v1
             * @interface IBuild
             * @augments presync.v1.Build.$Properties
             * @deprecated Use presync.v1.Build.$Properties instead.
             */

            /**
             * Shape of a Build.
             * @typedef {presync.v1.Build.$Properties} presync.v1.Build.$Shape
             */

            /**
             * Constructs a new Build.
             * @memberof presync.v1
             * @classdesc Represents a Build.
             * @constructor
             * @param {presync.v1.Build.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Build = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Build context.
             * @member {Uint8Array} context
             * @memberof presync.v1.Build
             * @instance
             */
            Build.prototype.context = $util.newBuffer([]);

            /**
             * Build snapshot.
             * @member {Uint8Array} snapshot
             * @memberof presync.v1.Build
             * @instance
             */
            Build.prototype.snapshot = $util.newBuffer([]);

            /**
             * Build recipe.
             * @member {presync.v1.Recipe.$Properties|null|undefined} recipe
             * @memberof presync.v1.Build
             * @instance
             */
            Build.prototype.recipe = null;

            /**
             * Encodes the specified Build message. Does not implicitly {@link presync.v1.Build.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.Build
             * @static
             * @param {presync.v1.Build.$Properties} message Build message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Build.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.context != null && $Object.hasOwnProperty.call(message, "context") && message.context.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.context);
                if (message.snapshot != null && $Object.hasOwnProperty.call(message, "snapshot") && message.snapshot.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.snapshot);
                if (message.recipe != null && $Object.hasOwnProperty.call(message, "recipe"))
                    $root.presync.v1.Recipe.encode(message.recipe, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Build message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.Build
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.Build & presync.v1.Build.$Shape} Build
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Build.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.Build();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.context = value;
                            else
                                delete message.context;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.snapshot = value;
                            else
                                delete message.snapshot;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.recipe = $root.presync.v1.Recipe.decode(reader, reader.size(), $undefined, _depth + 1, message.recipe);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Build;
        })();

        v1.Recipe = (function() {

            /**
             * Properties of a Recipe.
             * @typedef {Object} presync.v1.Recipe.$Properties
             * @property {string|null} [dockerfileName] Recipe dockerfileName
             * @property {Uint8Array|null} [dockerfile] Recipe dockerfile
             * @property {Array.<string>|null} [tags] Recipe tags
             * @property {string|null} [target] Recipe target
             * @property {Object.<string,string>|null} [buildArgs] Recipe buildArgs
             * @property {boolean|null} [noCache] Recipe noCache
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Recipe.
             * @memberof presync.v1
             * @interface IRecipe
             * @augments presync.v1.Recipe.$Properties
             * @deprecated Use presync.v1.Recipe.$Properties instead.
             */

            /**
             * Shape of a Recipe.
             * @typedef {presync.v1.Recipe.$Properties} presync.v1.Recipe.$Shape
             */

            /**
             * Constructs a new Recipe.
             * @memberof presync.v1
             * @classdesc Represents a Recipe.
             * @constructor
             * @param {presync.v1.Recipe.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Recipe = function (properties) {
                this.tags = [];
                this.buildArgs = {};
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Recipe dockerfileName.
             * @member {string} dockerfileName
             * @memberof presync.v1.Recipe
             * @instance
             */
            Recipe.prototype.dockerfileName = "";

            /**
             * Recipe dockerfile.
             * @member {Uint8Array} dockerfile
             * @memberof presync.v1.Recipe
             * @instance
             */
            Recipe.prototype.dockerfile = $util.newBuffer([]);

            /**
             * Recipe tags.
             * @member {Array.<string>} tags
             * @memberof presync.v1.Recipe
             * @instance
             */
            Recipe.prototype.tags = $util.emptyArray;

            /**
             * Recipe target.
             * @member {string} target
             * @memberof presync.v1.Recipe
             * @instance
             */
            Recipe.prototype.target = "";

            /**
             * Recipe buildArgs.
             * @member {Object.<string,string>} buildArgs
             * @memberof presync.v1.Recipe
             * @instance
             */
            Recipe.prototype.buildArgs = $util.emptyObject;

            /**
             * Recipe noCache.
             * @member {boolean} noCache
             * @memberof presync.v1.Recipe
             * @instance
             */
            Recipe.prototype.noCache = false;

            /**
             * Encodes the specified Recipe message. Does not implicitly {@link presync.v1.Recipe.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.Recipe
             * @static
             * @param {presync.v1.Recipe.$Properties} message Recipe message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Recipe.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.dockerfileName != null && $Object.hasOwnProperty.call(message, "dockerfileName") && message.dockerfileName !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.dockerfileName);
                if (message.dockerfile != null && $Object.hasOwnProperty.call(message, "dockerfile") && message.dockerfile.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.dockerfile);
                if (message.tags != null && message.tags.length)
                    for (let i = 0; i < message.tags.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.tags[i]);
                if (message.target != null && $Object.hasOwnProperty.call(message, "target") && message.target !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.target);
                if (message.buildArgs != null && $Object.hasOwnProperty.call(message, "buildArgs"))
                    for (let keys = $Object.keys(message.buildArgs), i = 0; i < keys.length; ++i)
                        writer.uint32(/* id 5, wireType 2 =*/42).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.buildArgs[keys[i]]).ldelim();
                if (message.noCache != null && $Object.hasOwnProperty.call(message, "noCache") && message.noCache !== false)
                    writer.uint32(/* id 6, wireType 0 =*/48).bool(message.noCache);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Recipe message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.Recipe
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.Recipe & presync.v1.Recipe.$Shape} Recipe
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Recipe.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, key, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.Recipe();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.dockerfileName = value;
                            else
                                delete message.dockerfileName;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.dockerfile = value;
                            else
                                delete message.dockerfile;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.tags && message.tags.length))
                                message.tags = [];
                            message.tags.push(reader.stringVerify());
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.target = value;
                            else
                                delete message.target;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (message.buildArgs === $util.emptyObject)
                                message.buildArgs = {};
                            let end2 = reader.size() + reader.pos;
                            if (end2 > reader.len)
                                throw $RangeError("index out of range");
                            reader.len = end2;
                            key = "";
                            value = "";
                            while (reader.pos < end2) {
                                let tag2 = reader.tag();
                                wireType = tag2 & 7;
                                switch (tag2 >>>= 3) {
                                case 1:
                                    if (wireType !== 2)
                                        break;
                                    key = reader.stringVerify();
                                    continue;
                                case 2:
                                    if (wireType !== 2)
                                        break;
                                    value = reader.stringVerify();
                                    continue;
                                }
                                reader.skipType(wireType, _depth, tag2);
                            }
                            if (reader.pos !== end2)
                                throw $RangeError("index out of range");
                            reader.len = end;
                            if (key === "__proto__")
                                $util.makeProp(message.buildArgs, key);
                            message.buildArgs[key] = value;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.noCache = value;
                            else
                                delete message.noCache;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Recipe;
        })();

        v1.BuildEvents = (function() {

            /**
             * Properties of a BuildEvents.
             * @typedef {Object} presync.v1.BuildEvents.$Properties
             * @property {Array.<presync.v1.BuildEvent.$Properties>|null} [events] BuildEvents events
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BuildEvents.
             * @memberof presync.v1
             * @interface IBuildEvents
             * @augments presync.v1.BuildEvents.$Properties
             * @deprecated Use presync.v1.BuildEvents.$Properties instead.
             */

            /**
             * Shape of a BuildEvents.
             * @typedef {{
             *   events?: Array.<presync.v1.BuildEvent.$Shape>|null;
             *   $unknowns?: Array.<Uint8Array>;
             * }} presync.v1.BuildEvents.$Shape
             */

            /**
             * Constructs a new BuildEvents.
             * @memberof presync.v1
             * @classdesc Represents a BuildEvents.
             * @constructor
             * @param {presync.v1.BuildEvents.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BuildEvents = function (properties) {
                this.events = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BuildEvents events.
             * @member {Array.<presync.v1.BuildEvent.$Properties>} events
             * @memberof presync.v1.BuildEvents
             * @instance
             */
            BuildEvents.prototype.events = $util.emptyArray;

            /**
             * Encodes the specified BuildEvents message. Does not implicitly {@link presync.v1.BuildEvents.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.BuildEvents
             * @static
             * @param {presync.v1.BuildEvents.$Properties} message BuildEvents message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BuildEvents.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.events != null && message.events.length)
                    for (let i = 0; i < message.events.length; ++i)
                        $root.presync.v1.BuildEvent.encode(message.events[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BuildEvents message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.BuildEvents
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.BuildEvents & presync.v1.BuildEvents.$Shape} BuildEvents
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BuildEvents.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.BuildEvents();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.events && message.events.length))
                                message.events = [];
                            message.events.push($root.presync.v1.BuildEvent.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return BuildEvents;
        })();

        v1.BuildEvent = (function() {

            /**
             * Properties of a BuildEvent.
             * @typedef {Object} presync.v1.BuildEvent.$Properties
             * @property {presync.v1.Vertex.$Properties|null} [vertex] BuildEvent vertex
             * @property {presync.v1.VertexStatus.$Properties|null} [status] BuildEvent status
             * @property {presync.v1.VertexLog.$Properties|null} [log] BuildEvent log
             * @property {presync.v1.Warning.$Properties|null} [warning] BuildEvent warning
             * @property {presync.v1.Started.$Properties|null} [started] BuildEvent started
             * @property {"vertex"|"status"|"log"|"warning"|"started"} [kind] BuildEvent kind
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BuildEvent.
             * @memberof presync.v1
             * @interface IBuildEvent
             * @augments presync.v1.BuildEvent.$Properties
             * @deprecated Use presync.v1.BuildEvent.$Properties instead.
             */

            /**
             * Narrowed shape of a BuildEvent.
             * @typedef {{
             *   vertex?: presync.v1.Vertex.$Shape|null;
             *   status?: presync.v1.VertexStatus.$Shape|null;
             *   log?: presync.v1.VertexLog.$Shape|null;
             *   warning?: presync.v1.Warning.$Shape|null;
             *   started?: presync.v1.Started.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ kind?: undefined; vertex?: null; status?: null; log?: null; warning?: null; started?: null }|{ kind?: "vertex"; vertex: presync.v1.Vertex.$Shape; status?: null; log?: null; warning?: null; started?: null }|{ kind?: "status"; vertex?: null; status: presync.v1.VertexStatus.$Shape; log?: null; warning?: null; started?: null }|{ kind?: "log"; vertex?: null; status?: null; log: presync.v1.VertexLog.$Shape; warning?: null; started?: null }|{ kind?: "warning"; vertex?: null; status?: null; log?: null; warning: presync.v1.Warning.$Shape; started?: null }|{ kind?: "started"; vertex?: null; status?: null; log?: null; warning?: null; started: presync.v1.Started.$Shape })
             * )} presync.v1.BuildEvent.$Shape
             */

            /**
             * Constructs a new BuildEvent.
             * @memberof presync.v1
             * @classdesc Represents a BuildEvent.
             * @constructor
             * @param {presync.v1.BuildEvent.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BuildEvent = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BuildEvent vertex.
             * @member {presync.v1.Vertex.$Properties|null|undefined} vertex
             * @memberof presync.v1.BuildEvent
             * @instance
             */
            BuildEvent.prototype.vertex = null;

            /**
             * BuildEvent status.
             * @member {presync.v1.VertexStatus.$Properties|null|undefined} status
             * @memberof presync.v1.BuildEvent
             * @instance
             */
            BuildEvent.prototype.status = null;

            /**
             * BuildEvent log.
             * @member {presync.v1.VertexLog.$Properties|null|undefined} log
             * @memberof presync.v1.BuildEvent
             * @instance
             */
            BuildEvent.prototype.log = null;

            /**
             * BuildEvent warning.
             * @member {presync.v1.Warning.$Properties|null|undefined} warning
             * @memberof presync.v1.BuildEvent
             * @instance
             */
            BuildEvent.prototype.warning = null;

            /**
             * BuildEvent started.
             * @member {presync.v1.Started.$Properties|null|undefined} started
             * @memberof presync.v1.BuildEvent
             * @instance
             */
            BuildEvent.prototype.started = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * BuildEvent kind.
             * @member {"vertex"|"status"|"log"|"warning"|"started"|undefined} kind
             * @memberof presync.v1.BuildEvent
             * @instance
             */
            $Object.defineProperty(BuildEvent.prototype, "kind", {
                get: $util.oneOfGetter($oneOfFields = ["vertex", "status", "log", "warning", "started"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified BuildEvent message. Does not implicitly {@link presync.v1.BuildEvent.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.BuildEvent
             * @static
             * @param {presync.v1.BuildEvent.$Properties} message BuildEvent message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BuildEvent.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.vertex != null && $Object.hasOwnProperty.call(message, "vertex"))
                    $root.presync.v1.Vertex.encode(message.vertex, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
                    $root.presync.v1.VertexStatus.encode(message.status, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.log != null && $Object.hasOwnProperty.call(message, "log"))
                    $root.presync.v1.VertexLog.encode(message.log, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.warning != null && $Object.hasOwnProperty.call(message, "warning"))
                    $root.presync.v1.Warning.encode(message.warning, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.started != null && $Object.hasOwnProperty.call(message, "started"))
                    $root.presync.v1.Started.encode(message.started, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BuildEvent message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.BuildEvent
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.BuildEvent & presync.v1.BuildEvent.$Shape} BuildEvent
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BuildEvent.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.BuildEvent();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.vertex = $root.presync.v1.Vertex.decode(reader, reader.size(), $undefined, _depth + 1, message.vertex);
                            message.kind = "vertex";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.status = $root.presync.v1.VertexStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.status);
                            message.kind = "status";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.log = $root.presync.v1.VertexLog.decode(reader, reader.size(), $undefined, _depth + 1, message.log);
                            message.kind = "log";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.warning = $root.presync.v1.Warning.decode(reader, reader.size(), $undefined, _depth + 1, message.warning);
                            message.kind = "warning";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.started = $root.presync.v1.Started.decode(reader, reader.size(), $undefined, _depth + 1, message.started);
                            message.kind = "started";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return BuildEvent;
        })();

        v1.Vertex = (function() {

            /**
             * Properties of a Vertex.
             * @typedef {Object} presync.v1.Vertex.$Properties
             * @property {string|null} [digest] Vertex digest
             * @property {string|null} [name] Vertex name
             * @property {boolean|null} [cached] Vertex cached
             * @property {number|null} [started] Vertex started
             * @property {number|null} [completed] Vertex completed
             * @property {string|null} [error] Vertex error
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Vertex.
             * @memberof presync.v1
             * @interface IVertex
             * @augments presync.v1.Vertex.$Properties
             * @deprecated Use presync.v1.Vertex.$Properties instead.
             */

            /**
             * Shape of a Vertex.
             * @typedef {presync.v1.Vertex.$Properties} presync.v1.Vertex.$Shape
             */

            /**
             * Constructs a new Vertex.
             * @memberof presync.v1
             * @classdesc Represents a Vertex.
             * @constructor
             * @param {presync.v1.Vertex.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Vertex = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Vertex digest.
             * @member {string} digest
             * @memberof presync.v1.Vertex
             * @instance
             */
            Vertex.prototype.digest = "";

            /**
             * Vertex name.
             * @member {string} name
             * @memberof presync.v1.Vertex
             * @instance
             */
            Vertex.prototype.name = "";

            /**
             * Vertex cached.
             * @member {boolean} cached
             * @memberof presync.v1.Vertex
             * @instance
             */
            Vertex.prototype.cached = false;

            /**
             * Vertex started.
             * @member {number} started
             * @memberof presync.v1.Vertex
             * @instance
             */
            Vertex.prototype.started = 0;

            /**
             * Vertex completed.
             * @member {number} completed
             * @memberof presync.v1.Vertex
             * @instance
             */
            Vertex.prototype.completed = 0;

            /**
             * Vertex error.
             * @member {string} error
             * @memberof presync.v1.Vertex
             * @instance
             */
            Vertex.prototype.error = "";

            /**
             * Encodes the specified Vertex message. Does not implicitly {@link presync.v1.Vertex.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.Vertex
             * @static
             * @param {presync.v1.Vertex.$Properties} message Vertex message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Vertex.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.digest != null && $Object.hasOwnProperty.call(message, "digest") && message.digest !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.digest);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
                if (message.cached != null && $Object.hasOwnProperty.call(message, "cached") && message.cached !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.cached);
                if (message.started != null && $Object.hasOwnProperty.call(message, "started") && !$Object.is(message.started, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.started);
                if (message.completed != null && $Object.hasOwnProperty.call(message, "completed") && !$Object.is(message.completed, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.completed);
                if (message.error != null && $Object.hasOwnProperty.call(message, "error") && message.error !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.error);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Vertex message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.Vertex
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.Vertex & presync.v1.Vertex.$Shape} Vertex
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Vertex.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.Vertex();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.digest = value;
                            else
                                delete message.digest;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.cached = value;
                            else
                                delete message.cached;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.started = value;
                            else
                                delete message.started;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.completed = value;
                            else
                                delete message.completed;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.error = value;
                            else
                                delete message.error;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Vertex;
        })();

        v1.VertexStatus = (function() {

            /**
             * Properties of a VertexStatus.
             * @typedef {Object} presync.v1.VertexStatus.$Properties
             * @property {string|null} [vertex] VertexStatus vertex
             * @property {string|null} [id] VertexStatus id
             * @property {number|null} [current] VertexStatus current
             * @property {number|null} [total] VertexStatus total
             * @property {number|null} [started] VertexStatus started
             * @property {number|null} [completed] VertexStatus completed
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a VertexStatus.
             * @memberof presync.v1
             * @interface IVertexStatus
             * @augments presync.v1.VertexStatus.$Properties
             * @deprecated Use presync.v1.VertexStatus.$Properties instead.
             */

            /**
             * Shape of a VertexStatus.
             * @typedef {presync.v1.VertexStatus.$Properties} presync.v1.VertexStatus.$Shape
             */

            /**
             * Constructs a new VertexStatus.
             * @memberof presync.v1
             * @classdesc Represents a VertexStatus.
             * @constructor
             * @param {presync.v1.VertexStatus.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const VertexStatus = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * VertexStatus vertex.
             * @member {string} vertex
             * @memberof presync.v1.VertexStatus
             * @instance
             */
            VertexStatus.prototype.vertex = "";

            /**
             * VertexStatus id.
             * @member {string} id
             * @memberof presync.v1.VertexStatus
             * @instance
             */
            VertexStatus.prototype.id = "";

            /**
             * VertexStatus current.
             * @member {number} current
             * @memberof presync.v1.VertexStatus
             * @instance
             */
            VertexStatus.prototype.current = 0;

            /**
             * VertexStatus total.
             * @member {number} total
             * @memberof presync.v1.VertexStatus
             * @instance
             */
            VertexStatus.prototype.total = 0;

            /**
             * VertexStatus started.
             * @member {number} started
             * @memberof presync.v1.VertexStatus
             * @instance
             */
            VertexStatus.prototype.started = 0;

            /**
             * VertexStatus completed.
             * @member {number} completed
             * @memberof presync.v1.VertexStatus
             * @instance
             */
            VertexStatus.prototype.completed = 0;

            /**
             * Encodes the specified VertexStatus message. Does not implicitly {@link presync.v1.VertexStatus.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.VertexStatus
             * @static
             * @param {presync.v1.VertexStatus.$Properties} message VertexStatus message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            VertexStatus.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.vertex != null && $Object.hasOwnProperty.call(message, "vertex") && message.vertex !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.vertex);
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.id);
                if (message.current != null && $Object.hasOwnProperty.call(message, "current") && !$Object.is(message.current, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.current);
                if (message.total != null && $Object.hasOwnProperty.call(message, "total") && !$Object.is(message.total, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.total);
                if (message.started != null && $Object.hasOwnProperty.call(message, "started") && !$Object.is(message.started, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.started);
                if (message.completed != null && $Object.hasOwnProperty.call(message, "completed") && !$Object.is(message.completed, 0))
                    writer.uint32(/* id 6, wireType 1 =*/49).double(message.completed);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a VertexStatus message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.VertexStatus
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.VertexStatus & presync.v1.VertexStatus.$Shape} VertexStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            VertexStatus.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.VertexStatus();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.vertex = value;
                            else
                                delete message.vertex;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.current = value;
                            else
                                delete message.current;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.total = value;
                            else
                                delete message.total;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.started = value;
                            else
                                delete message.started;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.completed = value;
                            else
                                delete message.completed;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return VertexStatus;
        })();

        v1.VertexLog = (function() {

            /**
             * Properties of a VertexLog.
             * @typedef {Object} presync.v1.VertexLog.$Properties
             * @property {string|null} [vertex] VertexLog vertex
             * @property {number|null} [stream] VertexLog stream
             * @property {Uint8Array|null} [data] VertexLog data
             * @property {number|null} [timestamp] VertexLog timestamp
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a VertexLog.
             * @memberof presync.v1
             * @interface IVertexLog
             * @augments presync.v1.VertexLog.$Properties
             * @deprecated Use presync.v1.VertexLog.$Properties instead.
             */

            /**
             * Shape of a VertexLog.
             * @typedef {presync.v1.VertexLog.$Properties} presync.v1.VertexLog.$Shape
             */

            /**
             * Constructs a new VertexLog.
             * @memberof presync.v1
             * @classdesc Represents a VertexLog.
             * @constructor
             * @param {presync.v1.VertexLog.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const VertexLog = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * VertexLog vertex.
             * @member {string} vertex
             * @memberof presync.v1.VertexLog
             * @instance
             */
            VertexLog.prototype.vertex = "";

            /**
             * VertexLog stream.
             * @member {number} stream
             * @memberof presync.v1.VertexLog
             * @instance
             */
            VertexLog.prototype.stream = 0;

            /**
             * VertexLog data.
             * @member {Uint8Array} data
             * @memberof presync.v1.VertexLog
             * @instance
             */
            VertexLog.prototype.data = $util.newBuffer([]);

            /**
             * VertexLog timestamp.
             * @member {number} timestamp
             * @memberof presync.v1.VertexLog
             * @instance
             */
            VertexLog.prototype.timestamp = 0;

            /**
             * Encodes the specified VertexLog message. Does not implicitly {@link presync.v1.VertexLog.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.VertexLog
             * @static
             * @param {presync.v1.VertexLog.$Properties} message VertexLog message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            VertexLog.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.vertex != null && $Object.hasOwnProperty.call(message, "vertex") && message.vertex !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.vertex);
                if (message.stream != null && $Object.hasOwnProperty.call(message, "stream") && message.stream !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.stream);
                if (message.data != null && $Object.hasOwnProperty.call(message, "data") && message.data.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.data);
                if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp") && !$Object.is(message.timestamp, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.timestamp);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a VertexLog message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.VertexLog
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.VertexLog & presync.v1.VertexLog.$Shape} VertexLog
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            VertexLog.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.VertexLog();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.vertex = value;
                            else
                                delete message.vertex;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.stream = value;
                            else
                                delete message.stream;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.data = value;
                            else
                                delete message.data;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.timestamp = value;
                            else
                                delete message.timestamp;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return VertexLog;
        })();

        v1.Warning = (function() {

            /**
             * Properties of a Warning.
             * @typedef {Object} presync.v1.Warning.$Properties
             * @property {string|null} [vertex] Warning vertex
             * @property {string|null} [message] Warning message
             * @property {string|null} [detail] Warning detail
             * @property {string|null} [url] Warning url
             * @property {number|null} [line] Warning line
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Warning.
             * @memberof presync.v1
             * @interface IWarning
             * @augments presync.v1.Warning.$Properties
             * @deprecated Use presync.v1.Warning.$Properties instead.
             */

            /**
             * Shape of a Warning.
             * @typedef {presync.v1.Warning.$Properties} presync.v1.Warning.$Shape
             */

            /**
             * Constructs a new Warning.
             * @memberof presync.v1
             * @classdesc Represents a Warning.
             * @constructor
             * @param {presync.v1.Warning.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Warning = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Warning vertex.
             * @member {string} vertex
             * @memberof presync.v1.Warning
             * @instance
             */
            Warning.prototype.vertex = "";

            /**
             * Warning message.
             * @member {string} message
             * @memberof presync.v1.Warning
             * @instance
             */
            Warning.prototype.message = "";

            /**
             * Warning detail.
             * @member {string} detail
             * @memberof presync.v1.Warning
             * @instance
             */
            Warning.prototype.detail = "";

            /**
             * Warning url.
             * @member {string} url
             * @memberof presync.v1.Warning
             * @instance
             */
            Warning.prototype.url = "";

            /**
             * Warning line.
             * @member {number} line
             * @memberof presync.v1.Warning
             * @instance
             */
            Warning.prototype.line = 0;

            /**
             * Encodes the specified Warning message. Does not implicitly {@link presync.v1.Warning.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.Warning
             * @static
             * @param {presync.v1.Warning.$Properties} message Warning message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Warning.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.vertex != null && $Object.hasOwnProperty.call(message, "vertex") && message.vertex !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.vertex);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.message);
                if (message.detail != null && $Object.hasOwnProperty.call(message, "detail") && message.detail !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.detail);
                if (message.url != null && $Object.hasOwnProperty.call(message, "url") && message.url !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.url);
                if (message.line != null && $Object.hasOwnProperty.call(message, "line") && message.line !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.line);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Warning message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.Warning
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.Warning & presync.v1.Warning.$Shape} Warning
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Warning.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.Warning();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.vertex = value;
                            else
                                delete message.vertex;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.message = value;
                            else
                                delete message.message;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.detail = value;
                            else
                                delete message.detail;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.url = value;
                            else
                                delete message.url;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.line = value;
                            else
                                delete message.line;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Warning;
        })();

        v1.Started = (function() {

            /**
             * Properties of a Started.
             * @typedef {Object} presync.v1.Started.$Properties
             * @property {Uint8Array|null} [snapshot] Started snapshot
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Started.
             * @memberof presync.v1
             * @interface IStarted
             * @augments presync.v1.Started.$Properties
             * @deprecated Use presync.v1.Started.$Properties instead.
             */

            /**
             * Shape of a Started.
             * @typedef {presync.v1.Started.$Properties} presync.v1.Started.$Shape
             */

            /**
             * Constructs a new Started.
             * @memberof presync.v1
             * @classdesc Represents a Started.
             * @constructor
             * @param {presync.v1.Started.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Started = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Started snapshot.
             * @member {Uint8Array} snapshot
             * @memberof presync.v1.Started
             * @instance
             */
            Started.prototype.snapshot = $util.newBuffer([]);

            /**
             * Encodes the specified Started message. Does not implicitly {@link presync.v1.Started.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.Started
             * @static
             * @param {presync.v1.Started.$Properties} message Started message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Started.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.snapshot != null && $Object.hasOwnProperty.call(message, "snapshot") && message.snapshot.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.snapshot);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Started message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.Started
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.Started & presync.v1.Started.$Shape} Started
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Started.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.Started();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.snapshot = value;
                            else
                                delete message.snapshot;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Started;
        })();

        v1.BuildDone = (function() {

            /**
             * Properties of a BuildDone.
             * @typedef {Object} presync.v1.BuildDone.$Properties
             * @property {string|null} [imageId] BuildDone imageId
             * @property {Uint8Array|null} [snapshot] BuildDone snapshot
             * @property {string|null} [generation] BuildDone generation
             * @property {number|null} [solveMs] BuildDone solveMs
             * @property {number|null} [diffCopies] BuildDone diffCopies
             * @property {number|null} [files] BuildDone files
             * @property {number|null} [bytes] BuildDone bytes
             * @property {presync.v1.Sent.$Properties|null} [sent] BuildDone sent
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BuildDone.
             * @memberof presync.v1
             * @interface IBuildDone
             * @augments presync.v1.BuildDone.$Properties
             * @deprecated Use presync.v1.BuildDone.$Properties instead.
             */

            /**
             * Shape of a BuildDone.
             * @typedef {presync.v1.BuildDone.$Properties} presync.v1.BuildDone.$Shape
             */

            /**
             * Constructs a new BuildDone.
             * @memberof presync.v1
             * @classdesc Represents a BuildDone.
             * @constructor
             * @param {presync.v1.BuildDone.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BuildDone = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BuildDone imageId.
             * @member {string} imageId
             * @memberof presync.v1.BuildDone
             * @instance
             */
            BuildDone.prototype.imageId = "";

            /**
             * BuildDone snapshot.
             * @member {Uint8Array} snapshot
             * @memberof presync.v1.BuildDone
             * @instance
             */
            BuildDone.prototype.snapshot = $util.newBuffer([]);

            /**
             * BuildDone generation.
             * @member {string} generation
             * @memberof presync.v1.BuildDone
             * @instance
             */
            BuildDone.prototype.generation = "";

            /**
             * BuildDone solveMs.
             * @member {number} solveMs
             * @memberof presync.v1.BuildDone
             * @instance
             */
            BuildDone.prototype.solveMs = 0;

            /**
             * BuildDone diffCopies.
             * @member {number} diffCopies
             * @memberof presync.v1.BuildDone
             * @instance
             */
            BuildDone.prototype.diffCopies = 0;

            /**
             * BuildDone files.
             * @member {number} files
             * @memberof presync.v1.BuildDone
             * @instance
             */
            BuildDone.prototype.files = 0;

            /**
             * BuildDone bytes.
             * @member {number} bytes
             * @memberof presync.v1.BuildDone
             * @instance
             */
            BuildDone.prototype.bytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * BuildDone sent.
             * @member {presync.v1.Sent.$Properties|null|undefined} sent
             * @memberof presync.v1.BuildDone
             * @instance
             */
            BuildDone.prototype.sent = null;

            /**
             * Encodes the specified BuildDone message. Does not implicitly {@link presync.v1.BuildDone.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.BuildDone
             * @static
             * @param {presync.v1.BuildDone.$Properties} message BuildDone message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BuildDone.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.imageId != null && $Object.hasOwnProperty.call(message, "imageId") && message.imageId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.imageId);
                if (message.snapshot != null && $Object.hasOwnProperty.call(message, "snapshot") && message.snapshot.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.snapshot);
                if (message.generation != null && $Object.hasOwnProperty.call(message, "generation") && message.generation !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.generation);
                if (message.solveMs != null && $Object.hasOwnProperty.call(message, "solveMs") && !$Object.is(message.solveMs, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.solveMs);
                if (message.diffCopies != null && $Object.hasOwnProperty.call(message, "diffCopies") && message.diffCopies !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.diffCopies);
                if (message.files != null && $Object.hasOwnProperty.call(message, "files") && message.files !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.files);
                if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes") && (typeof message.bytes === "object" ? message.bytes.low || message.bytes.high : message.bytes !== 0))
                    writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.bytes);
                if (message.sent != null && $Object.hasOwnProperty.call(message, "sent"))
                    $root.presync.v1.Sent.encode(message.sent, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BuildDone message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.BuildDone
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.BuildDone & presync.v1.BuildDone.$Shape} BuildDone
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BuildDone.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.BuildDone();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.imageId = value;
                            else
                                delete message.imageId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.snapshot = value;
                            else
                                delete message.snapshot;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.generation = value;
                            else
                                delete message.generation;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.solveMs = value;
                            else
                                delete message.solveMs;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.diffCopies = value;
                            else
                                delete message.diffCopies;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.files = value;
                            else
                                delete message.files;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.bytes = value;
                            else
                                delete message.bytes;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.sent = $root.presync.v1.Sent.decode(reader, reader.size(), $undefined, _depth + 1, message.sent);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return BuildDone;
        })();

        v1.Cancel = (function() {

            /**
             * Properties of a Cancel.
             * @typedef {Object} presync.v1.Cancel.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Cancel.
             * @memberof presync.v1
             * @interface ICancel
             * @augments presync.v1.Cancel.$Properties
             * @deprecated Use presync.v1.Cancel.$Properties instead.
             */

            /**
             * Shape of a Cancel.
             * @typedef {presync.v1.Cancel.$Properties} presync.v1.Cancel.$Shape
             */

            /**
             * Constructs a new Cancel.
             * @memberof presync.v1
             * @classdesc Represents a Cancel.
             * @constructor
             * @param {presync.v1.Cancel.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Cancel = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Encodes the specified Cancel message. Does not implicitly {@link presync.v1.Cancel.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.Cancel
             * @static
             * @param {presync.v1.Cancel.$Properties} message Cancel message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Cancel.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Cancel message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.Cancel
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.Cancel & presync.v1.Cancel.$Shape} Cancel
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Cancel.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.Cancel();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Cancel;
        })();

        v1.Barrier = (function() {

            /**
             * Properties of a Barrier.
             * @typedef {Object} presync.v1.Barrier.$Properties
             * @property {Uint8Array|null} [context] Barrier context
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Barrier.
             * @memberof presync.v1
             * @interface IBarrier
             * @augments presync.v1.Barrier.$Properties
             * @deprecated Use presync.v1.Barrier.$Properties instead.
             */

            /**
             * Shape of a Barrier.
             * @typedef {presync.v1.Barrier.$Properties} presync.v1.Barrier.$Shape
             */

            /**
             * Constructs a new Barrier.
             * @memberof presync.v1
             * @classdesc Represents a Barrier.
             * @constructor
             * @param {presync.v1.Barrier.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Barrier = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Barrier context.
             * @member {Uint8Array} context
             * @memberof presync.v1.Barrier
             * @instance
             */
            Barrier.prototype.context = $util.newBuffer([]);

            /**
             * Encodes the specified Barrier message. Does not implicitly {@link presync.v1.Barrier.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.Barrier
             * @static
             * @param {presync.v1.Barrier.$Properties} message Barrier message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Barrier.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.context != null && $Object.hasOwnProperty.call(message, "context") && message.context.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.context);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Barrier message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.Barrier
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.Barrier & presync.v1.Barrier.$Shape} Barrier
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Barrier.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.Barrier();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.context = value;
                            else
                                delete message.context;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Barrier;
        })();

        v1.BarrierReached = (function() {

            /**
             * Properties of a BarrierReached.
             * @typedef {Object} presync.v1.BarrierReached.$Properties
             * @property {Uint8Array|null} [snapshot] BarrierReached snapshot
             * @property {presync.v1.Sent.$Properties|null} [sent] BarrierReached sent
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BarrierReached.
             * @memberof presync.v1
             * @interface IBarrierReached
             * @augments presync.v1.BarrierReached.$Properties
             * @deprecated Use presync.v1.BarrierReached.$Properties instead.
             */

            /**
             * Shape of a BarrierReached.
             * @typedef {presync.v1.BarrierReached.$Properties} presync.v1.BarrierReached.$Shape
             */

            /**
             * Constructs a new BarrierReached.
             * @memberof presync.v1
             * @classdesc Represents a BarrierReached.
             * @constructor
             * @param {presync.v1.BarrierReached.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BarrierReached = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BarrierReached snapshot.
             * @member {Uint8Array} snapshot
             * @memberof presync.v1.BarrierReached
             * @instance
             */
            BarrierReached.prototype.snapshot = $util.newBuffer([]);

            /**
             * BarrierReached sent.
             * @member {presync.v1.Sent.$Properties|null|undefined} sent
             * @memberof presync.v1.BarrierReached
             * @instance
             */
            BarrierReached.prototype.sent = null;

            /**
             * Encodes the specified BarrierReached message. Does not implicitly {@link presync.v1.BarrierReached.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.BarrierReached
             * @static
             * @param {presync.v1.BarrierReached.$Properties} message BarrierReached message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BarrierReached.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.snapshot != null && $Object.hasOwnProperty.call(message, "snapshot") && message.snapshot.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.snapshot);
                if (message.sent != null && $Object.hasOwnProperty.call(message, "sent"))
                    $root.presync.v1.Sent.encode(message.sent, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BarrierReached message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.BarrierReached
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.BarrierReached & presync.v1.BarrierReached.$Shape} BarrierReached
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BarrierReached.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.BarrierReached();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.snapshot = value;
                            else
                                delete message.snapshot;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.sent = $root.presync.v1.Sent.decode(reader, reader.size(), $undefined, _depth + 1, message.sent);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return BarrierReached;
        })();

        v1.Sent = (function() {

            /**
             * Properties of a Sent.
             * @typedef {Object} presync.v1.Sent.$Properties
             * @property {number|null} [files] Sent files
             * @property {number|null} [bytes] Sent bytes
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Sent.
             * @memberof presync.v1
             * @interface ISent
             * @augments presync.v1.Sent.$Properties
             * @deprecated Use presync.v1.Sent.$Properties instead.
             */

            /**
             * Shape of a Sent.
             * @typedef {presync.v1.Sent.$Properties} presync.v1.Sent.$Shape
             */

            /**
             * Constructs a new Sent.
             * @memberof presync.v1
             * @classdesc Represents a Sent.
             * @constructor
             * @param {presync.v1.Sent.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Sent = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Sent files.
             * @member {number} files
             * @memberof presync.v1.Sent
             * @instance
             */
            Sent.prototype.files = 0;

            /**
             * Sent bytes.
             * @member {number} bytes
             * @memberof presync.v1.Sent
             * @instance
             */
            Sent.prototype.bytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Encodes the specified Sent message. Does not implicitly {@link presync.v1.Sent.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.Sent
             * @static
             * @param {presync.v1.Sent.$Properties} message Sent message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Sent.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.files != null && $Object.hasOwnProperty.call(message, "files") && message.files !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.files);
                if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes") && (typeof message.bytes === "object" ? message.bytes.low || message.bytes.high : message.bytes !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.bytes);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Sent message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.Sent
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.Sent & presync.v1.Sent.$Shape} Sent
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Sent.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.Sent();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.files = value;
                            else
                                delete message.files;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.bytes = value;
                            else
                                delete message.bytes;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Sent;
        })();

        v1.Error = (function() {

            /**
             * Properties of an Error.
             * @typedef {Object} presync.v1.Error.$Properties
             * @property {string|null} [code] Error code
             * @property {string|null} [message] Error message
             * @property {string|null} [hint] Error hint
             * @property {Object.<string,string>|null} [data] Error data
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Error.
             * @memberof presync.v1
             * @interface IError
             * @augments presync.v1.Error.$Properties
             * @deprecated Use presync.v1.Error.$Properties instead.
             */

            /**
             * Shape of an Error.
             * @typedef {presync.v1.Error.$Properties} presync.v1.Error.$Shape
             */

            /**
             * Constructs a new Error.
             * @memberof presync.v1
             * @classdesc Represents an Error.
             * @constructor
             * @param {presync.v1.Error.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Error = function (properties) {
                this.data = {};
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Error code.
             * @member {string} code
             * @memberof presync.v1.Error
             * @instance
             */
            Error.prototype.code = "";

            /**
             * Error message.
             * @member {string} message
             * @memberof presync.v1.Error
             * @instance
             */
            Error.prototype.message = "";

            /**
             * Error hint.
             * @member {string} hint
             * @memberof presync.v1.Error
             * @instance
             */
            Error.prototype.hint = "";

            /**
             * Error data.
             * @member {Object.<string,string>} data
             * @memberof presync.v1.Error
             * @instance
             */
            Error.prototype.data = $util.emptyObject;

            /**
             * Encodes the specified Error message. Does not implicitly {@link presync.v1.Error.verify|verify} messages.
             * @function encode
             * @memberof presync.v1.Error
             * @static
             * @param {presync.v1.Error.$Properties} message Error message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Error.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.code);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.message);
                if (message.hint != null && $Object.hasOwnProperty.call(message, "hint") && message.hint !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.hint);
                if (message.data != null && $Object.hasOwnProperty.call(message, "data"))
                    for (let keys = $Object.keys(message.data), i = 0; i < keys.length; ++i)
                        writer.uint32(/* id 4, wireType 2 =*/34).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.data[keys[i]]).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Error message from the specified reader or buffer.
             * @function decode
             * @memberof presync.v1.Error
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {presync.v1.Error & presync.v1.Error.$Shape} Error
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Error.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, key, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.presync.v1.Error();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.code = value;
                            else
                                delete message.code;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.message = value;
                            else
                                delete message.message;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.hint = value;
                            else
                                delete message.hint;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (message.data === $util.emptyObject)
                                message.data = {};
                            let end2 = reader.size() + reader.pos;
                            if (end2 > reader.len)
                                throw $RangeError("index out of range");
                            reader.len = end2;
                            key = "";
                            value = "";
                            while (reader.pos < end2) {
                                let tag2 = reader.tag();
                                wireType = tag2 & 7;
                                switch (tag2 >>>= 3) {
                                case 1:
                                    if (wireType !== 2)
                                        break;
                                    key = reader.stringVerify();
                                    continue;
                                case 2:
                                    if (wireType !== 2)
                                        break;
                                    value = reader.stringVerify();
                                    continue;
                                }
                                reader.skipType(wireType, _depth, tag2);
                            }
                            if (reader.pos !== end2)
                                throw $RangeError("index out of range");
                            reader.len = end;
                            if (key === "__proto__")
                                $util.makeProp(message.data, key);
                            message.data[key] = value;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Error;
        })();

        return v1;
    })();

    return presync;
})();

export {
  $root as default
};
