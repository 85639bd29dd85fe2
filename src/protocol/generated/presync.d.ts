import * as $protobuf from "protobufjs";
import Long = require("long");

/** Namespace presync. */
export namespace presync {

    /** Namespace v1. */
    namespace v1 {

        /**
         * Properties of an Envelope.
         * @deprecated Use presync.v1.Envelope.$Properties instead.
         */
        interface IEnvelope extends presync.v1.Envelope.$Properties {
        }

        /** Represents an Envelope. */
        class Envelope {

            /**
             * Constructs a new Envelope.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.Envelope.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Envelope id. */
            id: number;

            /** Envelope hello. */
            hello?: (presync.v1.Hello.$Properties|null);

            /** Envelope open. */
            open?: (presync.v1.OpenContext.$Properties|null);

            /** Envelope opened. */
            opened?: (presync.v1.ContextOpened.$Properties|null);

            /** Envelope push. */
            push?: (presync.v1.Push.$Properties|null);

            /** Envelope changes. */
            changes?: (presync.v1.Changes.$Properties|null);

            /** Envelope need. */
            need?: (presync.v1.Need.$Properties|null);

            /** Envelope chunks. */
            chunks?: (presync.v1.Chunks.$Properties|null);

            /** Envelope committed. */
            committed?: (presync.v1.Committed.$Properties|null);

            /** Envelope state. */
            state?: (presync.v1.ContextState.$Properties|null);

            /** Envelope build. */
            build?: (presync.v1.Build.$Properties|null);

            /** Envelope events. */
            events?: (presync.v1.BuildEvents.$Properties|null);

            /** Envelope done. */
            done?: (presync.v1.BuildDone.$Properties|null);

            /** Envelope cancel. */
            cancel?: (presync.v1.Cancel.$Properties|null);

            /** Envelope barrier. */
            barrier?: (presync.v1.Barrier.$Properties|null);

            /** Envelope reached. */
            reached?: (presync.v1.BarrierReached.$Properties|null);

            /** Envelope error. */
            error?: (presync.v1.Error.$Properties|null);

            /** Envelope body. */
            body?: ("hello"|"open"|"opened"|"push"|"changes"|"need"|"chunks"|"committed"|"state"|"build"|"events"|"done"|"cancel"|"barrier"|"reached"|"error");

            /**
             * Encodes the specified Envelope message. Does not implicitly {@link presync.v1.Envelope.verify|verify} messages.
             * @param message Envelope message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.Envelope.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Envelope message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.Envelope & presync.v1.Envelope.$Shape} Envelope
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Envelope & presync.v1.Envelope.$Shape;
        }

        namespace Envelope {

            /** Properties of an Envelope. */
            interface $Properties {

                /** Envelope id */
                id?: (number|null);

                /** Envelope hello */
                hello?: (presync.v1.Hello.$Properties|null);

                /** Envelope open */
                open?: (presync.v1.OpenContext.$Properties|null);

                /** Envelope opened */
                opened?: (presync.v1.ContextOpened.$Properties|null);

                /** Envelope push */
                push?: (presync.v1.Push.$Properties|null);

                /** Envelope changes */
                changes?: (presync.v1.Changes.$Properties|null);

                /** Envelope need */
                need?: (presync.v1.Need.$Properties|null);

                /** Envelope chunks */
                chunks?: (presync.v1.Chunks.$Properties|null);

                /** Envelope committed */
                committed?: (presync.v1.Committed.$Properties|null);

                /** Envelope state */
                state?: (presync.v1.ContextState.$Properties|null);

                /** Envelope build */
                build?: (presync.v1.Build.$Properties|null);

                /** Envelope events */
                events?: (presync.v1.BuildEvents.$Properties|null);

                /** Envelope done */
                done?: (presync.v1.BuildDone.$Properties|null);

                /** Envelope cancel */
                cancel?: (presync.v1.Cancel.$Properties|null);

                /** Envelope barrier */
                barrier?: (presync.v1.Barrier.$Properties|null);

                /** Envelope reached */
                reached?: (presync.v1.BarrierReached.$Properties|null);

                /** Envelope error */
                error?: (presync.v1.Error.$Properties|null);

                /** Envelope body */
                body?: ("hello"|"open"|"opened"|"push"|"changes"|"need"|"chunks"|"committed"|"state"|"build"|"events"|"done"|"cancel"|"barrier"|"reached"|"error");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of an Envelope. */
            type $Shape = {
              id?: number|null;
              hello?: presync.v1.Hello.$Shape|null;
              open?: presync.v1.OpenContext.$Shape|null;
              opened?: presync.v1.ContextOpened.$Shape|null;
              push?: presync.v1.Push.$Shape|null;
              changes?: presync.v1.Changes.$Shape|null;
              need?: presync.v1.Need.$Shape|null;
              chunks?: presync.v1.Chunks.$Shape|null;
              committed?: presync.v1.Committed.$Shape|null;
              state?: presync.v1.ContextState.$Shape|null;
              build?: presync.v1.Build.$Shape|null;
              events?: presync.v1.BuildEvents.$Shape|null;
              done?: presync.v1.BuildDone.$Shape|null;
              cancel?: presync.v1.Cancel.$Shape|null;
              barrier?: presync.v1.Barrier.$Shape|null;
              reached?: presync.v1.BarrierReached.$Shape|null;
              error?: presync.v1.Error.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ body?: undefined; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null }|{ body?: "hello"; hello: presync.v1.Hello.$Shape; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null }|{ body?: "open"; hello?: null; open: presync.v1.OpenContext.$Shape; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null }|{ body?: "opened"; hello?: null; open?: null; opened: presync.v1.ContextOpened.$Shape; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null }|{ body?: "push"; hello?: null; open?: null; opened?: null; push: presync.v1.Push.$Shape; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null }|{ body?: "changes"; hello?: null; open?: null; opened?: null; push?: null; changes: presync.v1.Changes.$Shape; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null }|{ body?: "need"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need: presync.v1.Need.$Shape; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null }|{ body?: "chunks"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks: presync.v1.Chunks.$Shape; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null }|{ body?: "committed"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed: presync.v1.Committed.$Shape; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null }|{ body?: "state"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state: presync.v1.ContextState.$Shape; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null }|{ body?: "build"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build: presync.v1.Build.$Shape; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null }|{ body?: "events"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events: presync.v1.BuildEvents.$Shape; done?: null; cancel?: null; barrier?: null; reached?: null; error?: null }|{ body?: "done"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done: presync.v1.BuildDone.$Shape; cancel?: null; barrier?: null; reached?: null; error?: null }|{ body?: "cancel"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel: presync.v1.Cancel.$Shape; barrier?: null; reached?: null; error?: null }|{ body?: "barrier"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier: presync.v1.Barrier.$Shape; reached?: null; error?: null }|{ body?: "reached"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached: presync.v1.BarrierReached.$Shape; error?: null }|{ body?: "error"; hello?: null; open?: null; opened?: null; push?: null; changes?: null; need?: null; chunks?: null; committed?: null; state?: null; build?: null; events?: null; done?: null; cancel?: null; barrier?: null; reached?: null; error: presync.v1.Error.$Shape })
            );
        }

        /**
         * Properties of a Hello.
         * @deprecated Use presync.v1.Hello.$Properties instead.
         */
        interface IHello extends presync.v1.Hello.$Properties {
        }

        /** Represents a Hello. */
        class Hello {

            /**
             * Constructs a new Hello.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.Hello.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Hello versions. */
            versions: number[];

            /** Hello program. */
            program: string;

            /** Hello features. */
            features: string[];

            /** Hello codecs. */
            codecs: presync.v1.Codec[];

            /**
             * Encodes the specified Hello message. Does not implicitly {@link presync.v1.Hello.verify|verify} messages.
             * @param message Hello message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.Hello.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Hello message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.Hello & presync.v1.Hello.$Shape} Hello
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Hello & presync.v1.Hello.$Shape;
        }

        namespace Hello {

            /** Properties of a Hello. */
            interface $Properties {

                /** Hello versions */
                versions?: (number[]|null);

                /** Hello program */
                program?: (string|null);

                /** Hello features */
                features?: (string[]|null);

                /** Hello codecs */
                codecs?: (presync.v1.Codec[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Hello. */
            type $Shape = presync.v1.Hello.$Properties;
        }

        /** Codec enum. */
        enum Codec {

            /** CODEC_NONE value */
            CODEC_NONE = 0,

            /** CODEC_DEFLATE value */
            CODEC_DEFLATE = 1,

            /** CODEC_ZSTD value */
            CODEC_ZSTD = 2
        }

        /** Role enum. */
        enum Role {

            /** ROLE_GUEST value */
            ROLE_GUEST = 0,

            /** ROLE_OWNER value */
            ROLE_OWNER = 1
        }

        /**
         * Properties of an OpenContext.
         * @deprecated Use presync.v1.OpenContext.$Properties instead.
         */
        interface IOpenContext extends presync.v1.OpenContext.$Properties {
        }

        /** Represents an OpenContext. */
        class OpenContext {

            /**
             * Constructs a new OpenContext.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.OpenContext.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** OpenContext context. */
            context: Uint8Array;

            /** OpenContext label. */
            label: Uint8Array;

            /** OpenContext role. */
            role: presync.v1.Role;

            /** OpenContext nonce. */
            nonce: Uint8Array;

            /** OpenContext engine. */
            engine?: (presync.v1.Engine.$Properties|null);

            /**
             * Encodes the specified OpenContext message. Does not implicitly {@link presync.v1.OpenContext.verify|verify} messages.
             * @param message OpenContext message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.OpenContext.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an OpenContext message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.OpenContext & presync.v1.OpenContext.$Shape} OpenContext
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.OpenContext & presync.v1.OpenContext.$Shape;
        }

        namespace OpenContext {

            /** Properties of an OpenContext. */
            interface $Properties {

                /** OpenContext context */
                context?: (Uint8Array|null);

                /** OpenContext label */
                label?: (Uint8Array|null);

                /** OpenContext role */
                role?: (presync.v1.Role|null);

                /** OpenContext nonce */
                nonce?: (Uint8Array|null);

                /** OpenContext engine */
                engine?: (presync.v1.Engine.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an OpenContext. */
            type $Shape = presync.v1.OpenContext.$Properties;
        }

        /**
         * Properties of an Engine.
         * @deprecated Use presync.v1.Engine.$Properties instead.
         */
        interface IEngine extends presync.v1.Engine.$Properties {
        }

        /** Represents an Engine. */
        class Engine {

            /**
             * Constructs a new Engine.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.Engine.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Engine spec. */
            spec: string;

            /** Engine environment. */
            environment: { [k: string]: string };

            /**
             * Encodes the specified Engine message. Does not implicitly {@link presync.v1.Engine.verify|verify} messages.
             * @param message Engine message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.Engine.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Engine message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.Engine & presync.v1.Engine.$Shape} Engine
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Engine & presync.v1.Engine.$Shape;
        }

        namespace Engine {

            /** Properties of an Engine. */
            interface $Properties {

                /** Engine spec */
                spec?: (string|null);

                /** Engine environment */
                environment?: ({ [k: string]: string }|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Engine. */
            type $Shape = presync.v1.Engine.$Properties;
        }

        /**
         * Properties of a ContextOpened.
         * @deprecated Use presync.v1.ContextOpened.$Properties instead.
         */
        interface IContextOpened extends presync.v1.ContextOpened.$Properties {
        }

        /** Represents a ContextOpened. */
        class ContextOpened {

            /**
             * Constructs a new ContextOpened.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.ContextOpened.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ContextOpened snapshot. */
            snapshot: Uint8Array;

            /** ContextOpened ownership. */
            ownership: presync.v1.Ownership;

            /**
             * Encodes the specified ContextOpened message. Does not implicitly {@link presync.v1.ContextOpened.verify|verify} messages.
             * @param message ContextOpened message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.ContextOpened.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ContextOpened message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.ContextOpened & presync.v1.ContextOpened.$Shape} ContextOpened
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.ContextOpened & presync.v1.ContextOpened.$Shape;
        }

        namespace ContextOpened {

            /** Properties of a ContextOpened. */
            interface $Properties {

                /** ContextOpened snapshot */
                snapshot?: (Uint8Array|null);

                /** ContextOpened ownership */
                ownership?: (presync.v1.Ownership|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ContextOpened. */
            type $Shape = presync.v1.ContextOpened.$Properties;
        }

        /** Ownership enum. */
        enum Ownership {

            /** OWNERSHIP_NONE value */
            OWNERSHIP_NONE = 0,

            /** OWNERSHIP_YOURS value */
            OWNERSHIP_YOURS = 1,

            /** OWNERSHIP_OTHER value */
            OWNERSHIP_OTHER = 2
        }

        /**
         * Properties of a Push.
         * @deprecated Use presync.v1.Push.$Properties instead.
         */
        interface IPush extends presync.v1.Push.$Properties {
        }

        /** Represents a Push. */
        class Push {

            /**
             * Constructs a new Push.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.Push.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Push context. */
            context: Uint8Array;

            /** Push base. */
            base: Uint8Array;

            /** Push target. */
            target: Uint8Array;

            /** Push asOf. */
            asOf: number;

            /**
             * Encodes the specified Push message. Does not implicitly {@link presync.v1.Push.verify|verify} messages.
             * @param message Push message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.Push.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Push message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.Push & presync.v1.Push.$Shape} Push
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Push & presync.v1.Push.$Shape;
        }

        namespace Push {

            /** Properties of a Push. */
            interface $Properties {

                /** Push context */
                context?: (Uint8Array|null);

                /** Push base */
                base?: (Uint8Array|null);

                /** Push target */
                target?: (Uint8Array|null);

                /** Push asOf */
                asOf?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Push. */
            type $Shape = presync.v1.Push.$Properties;
        }

        /**
         * Properties of a Changes.
         * @deprecated Use presync.v1.Changes.$Properties instead.
         */
        interface IChanges extends presync.v1.Changes.$Properties {
        }

        /** Represents a Changes. */
        class Changes {

            /**
             * Constructs a new Changes.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.Changes.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Changes changes. */
            changes: presync.v1.Change.$Properties[];

            /** Changes inline. */
            inline: presync.v1.Chunk.$Properties[];

            /** Changes last. */
            last: boolean;

            /**
             * Encodes the specified Changes message. Does not implicitly {@link presync.v1.Changes.verify|verify} messages.
             * @param message Changes message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.Changes.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Changes message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.Changes & presync.v1.Changes.$Shape} Changes
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Changes & presync.v1.Changes.$Shape;
        }

        namespace Changes {

            /** Properties of a Changes. */
            interface $Properties {

                /** Changes changes */
                changes?: (presync.v1.Change.$Properties[]|null);

                /** Changes inline */
                inline?: (presync.v1.Chunk.$Properties[]|null);

                /** Changes last */
                last?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Changes. */
            type $Shape = {
              changes?: presync.v1.Change.$Shape[]|null;
              inline?: presync.v1.Chunk.$Shape[]|null;
              last?: boolean|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a Change.
         * @deprecated Use presync.v1.Change.$Properties instead.
         */
        interface IChange extends presync.v1.Change.$Properties {
        }

        /** Represents a Change. */
        class Change {

            /**
             * Constructs a new Change.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.Change.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Change path. */
            path: Uint8Array;

            /** Change file. */
            file?: (presync.v1.File.$Properties|null);

            /** Change directory. */
            directory?: (presync.v1.Directory.$Properties|null);

            /** Change symlink. */
            symlink?: (presync.v1.Symlink.$Properties|null);

            /** Change removed. */
            removed?: (presync.v1.Removed.$Properties|null);

            /** Change kind. */
            kind?: ("file"|"directory"|"symlink"|"removed");

            /**
             * Encodes the specified Change message. Does not implicitly {@link presync.v1.Change.verify|verify} messages.
             * @param message Change message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.Change.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Change message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.Change & presync.v1.Change.$Shape} Change
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Change & presync.v1.Change.$Shape;
        }

        namespace Change {

            /** Properties of a Change. */
            interface $Properties {

                /** Change path */
                path?: (Uint8Array|null);

                /** Change file */
                file?: (presync.v1.File.$Properties|null);

                /** Change directory */
                directory?: (presync.v1.Directory.$Properties|null);

                /** Change symlink */
                symlink?: (presync.v1.Symlink.$Properties|null);

                /** Change removed */
                removed?: (presync.v1.Removed.$Properties|null);

                /** Change kind */
                kind?: ("file"|"directory"|"symlink"|"removed");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Change. */
            type $Shape = {
              path?: Uint8Array|null;
              file?: presync.v1.File.$Shape|null;
              directory?: presync.v1.Directory.$Shape|null;
              symlink?: presync.v1.Symlink.$Shape|null;
              removed?: presync.v1.Removed.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ kind?: undefined; file?: null; directory?: null; symlink?: null; removed?: null }|{ kind?: "file"; file: presync.v1.File.$Shape; directory?: null; symlink?: null; removed?: null }|{ kind?: "directory"; file?: null; directory: presync.v1.Directory.$Shape; symlink?: null; removed?: null }|{ kind?: "symlink"; file?: null; directory?: null; symlink: presync.v1.Symlink.$Shape; removed?: null }|{ kind?: "removed"; file?: null; directory?: null; symlink?: null; removed: presync.v1.Removed.$Shape })
            );
        }

        /**
         * Properties of a File.
         * @deprecated Use presync.v1.File.$Properties instead.
         */
        interface IFile extends presync.v1.File.$Properties {
        }

        /** Represents a File. */
        class File {

            /**
             * Constructs a new File.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.File.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** File mode. */
            mode: number;

            /** File mtime. */
            mtime?: (presync.v1.Time.$Properties|null);

            /** File size. */
            size: number;

            /** File digest. */
            digest: Uint8Array;

            /** File chunkList. */
            chunkList: Uint8Array;

            /**
             * Encodes the specified File message. Does not implicitly {@link presync.v1.File.verify|verify} messages.
             * @param message File message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.File.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a File message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.File & presync.v1.File.$Shape} File
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.File & presync.v1.File.$Shape;
        }

        namespace File {

            /** Properties of a File. */
            interface $Properties {

                /** File mode */
                mode?: (number|null);

                /** File mtime */
                mtime?: (presync.v1.Time.$Properties|null);

                /** File size */
                size?: (number|null);

                /** File digest */
                digest?: (Uint8Array|null);

                /** File chunkList */
                chunkList?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a File. */
            type $Shape = presync.v1.File.$Properties;
        }

        /**
         * Properties of a Directory.
         * @deprecated Use presync.v1.Directory.$Properties instead.
         */
        interface IDirectory extends presync.v1.Directory.$Properties {
        }

        /** Represents a Directory. */
        class Directory {

            /**
             * Constructs a new Directory.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.Directory.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Directory mode. */
            mode: number;

            /** Directory mtime. */
            mtime?: (presync.v1.Time.$Properties|null);

            /**
             * Encodes the specified Directory message. Does not implicitly {@link presync.v1.Directory.verify|verify} messages.
             * @param message Directory message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.Directory.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Directory message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.Directory & presync.v1.Directory.$Shape} Directory
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Directory & presync.v1.Directory.$Shape;
        }

        namespace Directory {

            /** Properties of a Directory. */
            interface $Properties {

                /** Directory mode */
                mode?: (number|null);

                /** Directory mtime */
                mtime?: (presync.v1.Time.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Directory. */
            type $Shape = presync.v1.Directory.$Properties;
        }

        /**
         * Properties of a Symlink.
         * @deprecated Use presync.v1.Symlink.$Properties instead.
         */
        interface ISymlink extends presync.v1.Symlink.$Properties {
        }

        /** Represents a Symlink. */
        class Symlink {

            /**
             * Constructs a new Symlink.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.Symlink.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Symlink mtime. */
            mtime?: (presync.v1.Time.$Properties|null);

            /** Symlink target. */
            target: Uint8Array;

            /**
             * Encodes the specified Symlink message. Does not implicitly {@link presync.v1.Symlink.verify|verify} messages.
             * @param message Symlink message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.Symlink.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Symlink message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.Symlink & presync.v1.Symlink.$Shape} Symlink
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Symlink & presync.v1.Symlink.$Shape;
        }

        namespace Symlink {

            /** Properties of a Symlink. */
            interface $Properties {

                /** Symlink mtime */
                mtime?: (presync.v1.Time.$Properties|null);

                /** Symlink target */
                target?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Symlink. */
            type $Shape = presync.v1.Symlink.$Properties;
        }

        /**
         * Properties of a Removed.
         * @deprecated Use presync.v1.Removed.$Properties instead.
         */
        interface IRemoved extends presync.v1.Removed.$Properties {
        }

        /** Represents a Removed. */
        class Removed {

            /**
             * Constructs a new Removed.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.Removed.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified Removed message. Does not implicitly {@link presync.v1.Removed.verify|verify} messages.
             * @param message Removed message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.Removed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Removed message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.Removed & presync.v1.Removed.$Shape} Removed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Removed & presync.v1.Removed.$Shape;
        }

        namespace Removed {

            /** Properties of a Removed. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Removed. */
            type $Shape = presync.v1.Removed.$Properties;
        }

        /**
         * Properties of a Time.
         * @deprecated Use presync.v1.Time.$Properties instead.
         */
        interface ITime extends presync.v1.Time.$Properties {
        }

        /** Represents a Time. */
        class Time {

            /**
             * Constructs a new Time.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.Time.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Time seconds. */
            seconds: number;

            /** Time nanos. */
            nanos: number;

            /**
             * Encodes the specified Time message. Does not implicitly {@link presync.v1.Time.verify|verify} messages.
             * @param message Time message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.Time.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Time message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.Time & presync.v1.Time.$Shape} Time
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Time & presync.v1.Time.$Shape;
        }

        namespace Time {

            /** Properties of a Time. */
            interface $Properties {

                /** Time seconds */
                seconds?: (number|null);

                /** Time nanos */
                nanos?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Time. */
            type $Shape = presync.v1.Time.$Properties;
        }

        /**
         * Properties of a Need.
         * @deprecated Use presync.v1.Need.$Properties instead.
         */
        interface INeed extends presync.v1.Need.$Properties {
        }

        /** Represents a Need. */
        class Need {

            /**
             * Constructs a new Need.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.Need.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Need digests. */
            digests: Uint8Array;

            /**
             * Encodes the specified Need message. Does not implicitly {@link presync.v1.Need.verify|verify} messages.
             * @param message Need message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.Need.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Need message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.Need & presync.v1.Need.$Shape} Need
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Need & presync.v1.Need.$Shape;
        }

        namespace Need {

            /** Properties of a Need. */
            interface $Properties {

                /** Need digests */
                digests?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Need. */
            type $Shape = presync.v1.Need.$Properties;
        }

        /**
         * Properties of a Chunks.
         * @deprecated Use presync.v1.Chunks.$Properties instead.
         */
        interface IChunks extends presync.v1.Chunks.$Properties {
        }

        /** Represents a Chunks. */
        class Chunks {

            /**
             * Constructs a new Chunks.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.Chunks.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Chunks chunks. */
            chunks: presync.v1.Chunk.$Properties[];

            /**
             * Encodes the specified Chunks message. Does not implicitly {@link presync.v1.Chunks.verify|verify} messages.
             * @param message Chunks message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.Chunks.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Chunks message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.Chunks & presync.v1.Chunks.$Shape} Chunks
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Chunks & presync.v1.Chunks.$Shape;
        }

        namespace Chunks {

            /** Properties of a Chunks. */
            interface $Properties {

                /** Chunks chunks */
                chunks?: (presync.v1.Chunk.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Chunks. */
            type $Shape = presync.v1.Chunks.$Properties;
        }

        /**
         * Properties of a Chunk.
         * @deprecated Use presync.v1.Chunk.$Properties instead.
         */
        interface IChunk extends presync.v1.Chunk.$Properties {
        }

        /** Represents a Chunk. */
        class Chunk {

            /**
             * Constructs a new Chunk.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.Chunk.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Chunk digest. */
            digest: Uint8Array;

            /** Chunk codec. */
            codec: presync.v1.Codec;

            /** Chunk size. */
            size: number;

            /** Chunk data. */
            data: Uint8Array;

            /**
             * Encodes the specified Chunk message. Does not implicitly {@link presync.v1.Chunk.verify|verify} messages.
             * @param message Chunk message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.Chunk.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Chunk message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.Chunk & presync.v1.Chunk.$Shape} Chunk
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Chunk & presync.v1.Chunk.$Shape;
        }

        namespace Chunk {

            /** Properties of a Chunk. */
            interface $Properties {

                /** Chunk digest */
                digest?: (Uint8Array|null);

                /** Chunk codec */
                codec?: (presync.v1.Codec|null);

                /** Chunk size */
                size?: (number|null);

                /** Chunk data */
                data?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Chunk. */
            type $Shape = presync.v1.Chunk.$Properties;
        }

        /**
         * Properties of a Committed.
         * @deprecated Use presync.v1.Committed.$Properties instead.
         */
        interface ICommitted extends presync.v1.Committed.$Properties {
        }

        /** Represents a Committed. */
        class Committed {

            /**
             * Constructs a new Committed.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.Committed.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Committed snapshot. */
            snapshot: Uint8Array;

            /**
             * Encodes the specified Committed message. Does not implicitly {@link presync.v1.Committed.verify|verify} messages.
             * @param message Committed message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.Committed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Committed message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.Committed & presync.v1.Committed.$Shape} Committed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Committed & presync.v1.Committed.$Shape;
        }

        namespace Committed {

            /** Properties of a Committed. */
            interface $Properties {

                /** Committed snapshot */
                snapshot?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Committed. */
            type $Shape = presync.v1.Committed.$Properties;
        }

        /**
         * Properties of a ContextState.
         * @deprecated Use presync.v1.ContextState.$Properties instead.
         */
        interface IContextState extends presync.v1.ContextState.$Properties {
        }

        /** Represents a ContextState. */
        class ContextState {

            /**
             * Constructs a new ContextState.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.ContextState.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ContextState context. */
            context: Uint8Array;

            /** ContextState snapshot. */
            snapshot: Uint8Array;

            /** ContextState primed. */
            primed: Uint8Array;

            /** ContextState problem. */
            problem?: (presync.v1.Error.$Properties|null);

            /**
             * Encodes the specified ContextState message. Does not implicitly {@link presync.v1.ContextState.verify|verify} messages.
             * @param message ContextState message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.ContextState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ContextState message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.ContextState & presync.v1.ContextState.$Shape} ContextState
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.ContextState & presync.v1.ContextState.$Shape;
        }

        namespace ContextState {

            /** Properties of a ContextState. */
            interface $Properties {

                /** ContextState context */
                context?: (Uint8Array|null);

                /** ContextState snapshot */
                snapshot?: (Uint8Array|null);

                /** ContextState primed */
                primed?: (Uint8Array|null);

                /** ContextState problem */
                problem?: (presync.v1.Error.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ContextState. */
            type $Shape = presync.v1.ContextState.$Properties;
        }

        /**
         * Properties of a Build.
         * @deprecated Use presync.v1.Build.$Properties instead.
         */
        interface IBuild extends presync.v1.Build.$Properties {
        }

        /** Represents a Build. */
        class Build {

            /**
             * Constructs a new Build.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.Build.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Build context. */
            context: Uint8Array;

            /** Build snapshot. */
            snapshot: Uint8Array;

            /** Build recipe. */
            recipe?: (presync.v1.Recipe.$Properties|null);

            /**
             * Encodes the specified Build message. Does not implicitly {@link presync.v1.Build.verify|verify} messages.
             * @param message Build message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.Build.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Build message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.Build & presync.v1.Build.$Shape} Build
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Build & presync.v1.Build.$Shape;
        }

        namespace Build {

            /** Properties of a Build. */
            interface $Properties {

                /** Build context */
                context?: (Uint8Array|null);

                /** Build snapshot */
                snapshot?: (Uint8Array|null);

                /** Build recipe */
                recipe?: (presync.v1.Recipe.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Build. */
            type $Shape = presync.v1.Build.$Properties;
        }

        /**
         * Properties of a Recipe.
         * @deprecated Use presync.v1.Recipe.$Properties instead.
         */
        interface IRecipe extends presync.v1.Recipe.$Properties {
        }

        /** Represents a Recipe. */
        class Recipe {

            /**
             * Constructs a new Recipe.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.Recipe.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Recipe dockerfileName. */
            dockerfileName: string;

            /** Recipe dockerfile. */
            dockerfile: Uint8Array;

            /** Recipe tags. */
            tags: string[];

            /** Recipe target. */
            target: string;

            /** Recipe buildArgs. */
            buildArgs: { [k: string]: string };

            /** Recipe noCache. */
            noCache: boolean;

            /**
             * Encodes the specified Recipe message. Does not implicitly {@link presync.v1.Recipe.verify|verify} messages.
             * @param message Recipe message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.Recipe.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Recipe message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.Recipe & presync.v1.Recipe.$Shape} Recipe
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Recipe & presync.v1.Recipe.$Shape;
        }

        namespace Recipe {

            /** Properties of a Recipe. */
            interface $Properties {

                /** Recipe dockerfileName */
                dockerfileName?: (string|null);

                /** Recipe dockerfile */
                dockerfile?: (Uint8Array|null);

                /** Recipe tags */
                tags?: (string[]|null);

                /** Recipe target */
                target?: (string|null);

                /** Recipe buildArgs */
                buildArgs?: ({ [k: string]: string }|null);

                /** Recipe noCache */
                noCache?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Recipe. */
            type $Shape = presync.v1.Recipe.$Properties;
        }

        /**
         * Properties of a BuildEvents.
         * @deprecated Use presync.v1.BuildEvents.$Properties instead.
         */
        interface IBuildEvents extends presync.v1.BuildEvents.$Properties {
        }

        /** Represents a BuildEvents. */
        class BuildEvents {

            /**
             * Constructs a new BuildEvents.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.BuildEvents.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BuildEvents events. */
            events: presync.v1.BuildEvent.$Properties[];

            /**
             * Encodes the specified BuildEvents message. Does not implicitly {@link presync.v1.BuildEvents.verify|verify} messages.
             * @param message BuildEvents message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.BuildEvents.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BuildEvents message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.BuildEvents & presync.v1.BuildEvents.$Shape} BuildEvents
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.BuildEvents & presync.v1.BuildEvents.$Shape;
        }

        namespace BuildEvents {

            /** Properties of a BuildEvents. */
            interface $Properties {

                /** BuildEvents events */
                events?: (presync.v1.BuildEvent.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BuildEvents. */
            type $Shape = {
              events?: presync.v1.BuildEvent.$Shape[]|null;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a BuildEvent.
         * @deprecated Use presync.v1.BuildEvent.$Properties instead.
         */
        interface IBuildEvent extends presync.v1.BuildEvent.$Properties {
        }

        /** Represents a BuildEvent. */
        class BuildEvent {

            /**
             * Constructs a new BuildEvent.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.BuildEvent.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BuildEvent vertex. */
            vertex?: (presync.v1.Vertex.$Properties|null);

            /** BuildEvent status. */
            status?: (presync.v1.VertexStatus.$Properties|null);

            /** BuildEvent log. */
            log?: (presync.v1.VertexLog.$Properties|null);

            /** BuildEvent warning. */
            warning?: (presync.v1.Warning.$Properties|null);

            /** BuildEvent started. */
            started?: (presync.v1.Started.$Properties|null);

            /** BuildEvent kind. */
            kind?: ("vertex"|"status"|"log"|"warning"|"started");

            /**
             * Encodes the specified BuildEvent message. Does not implicitly {@link presync.v1.BuildEvent.verify|verify} messages.
             * @param message BuildEvent message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.BuildEvent.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BuildEvent message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.BuildEvent & presync.v1.BuildEvent.$Shape} BuildEvent
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.BuildEvent & presync.v1.BuildEvent.$Shape;
        }

        namespace BuildEvent {

            /** Properties of a BuildEvent. */
            interface $Properties {

                /** BuildEvent vertex */
                vertex?: (presync.v1.Vertex.$Properties|null);

                /** BuildEvent status */
                status?: (presync.v1.VertexStatus.$Properties|null);

                /** BuildEvent log */
                log?: (presync.v1.VertexLog.$Properties|null);

                /** BuildEvent warning */
                warning?: (presync.v1.Warning.$Properties|null);

                /** BuildEvent started */
                started?: (presync.v1.Started.$Properties|null);

                /** BuildEvent kind */
                kind?: ("vertex"|"status"|"log"|"warning"|"started");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a BuildEvent. */
            type $Shape = {
              vertex?: presync.v1.Vertex.$Shape|null;
              status?: presync.v1.VertexStatus.$Shape|null;
              log?: presync.v1.VertexLog.$Shape|null;
              warning?: presync.v1.Warning.$Shape|null;
              started?: presync.v1.Started.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ kind?: undefined; vertex?: null; status?: null; log?: null; warning?: null; started?: null }|{ kind?: "vertex"; vertex: presync.v1.Vertex.$Shape; status?: null; log?: null; warning?: null; started?: null }|{ kind?: "status"; vertex?: null; status: presync.v1.VertexStatus.$Shape; log?: null; warning?: null; started?: null }|{ kind?: "log"; vertex?: null; status?: null; log: presync.v1.VertexLog.$Shape; warning?: null; started?: null }|{ kind?: "warning"; vertex?: null; status?: null; log?: null; warning: presync.v1.Warning.$Shape; started?: null }|{ kind?: "started"; vertex?: null; status?: null; log?: null; warning?: null; started: presync.v1.Started.$Shape })
            );
        }

        /**
         * Properties of a Vertex.
         * @deprecated Use presync.v1.Vertex.$Properties instead.
         */
        interface IVertex extends presync.v1.Vertex.$Properties {
        }

        /** Represents a Vertex. */
        class Vertex {

            /**
             * Constructs a new Vertex.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.Vertex.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Vertex digest. */
            digest: string;

            /** Vertex name. */
            name: string;

            /** Vertex cached. */
            cached: boolean;

            /** Vertex started. */
            started: number;

            /** Vertex completed. */
            completed: number;

            /** Vertex error. */
            error: string;

            /**
             * Encodes the specified Vertex message. Does not implicitly {@link presync.v1.Vertex.verify|verify} messages.
             * @param message Vertex message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.Vertex.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Vertex message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.Vertex & presync.v1.Vertex.$Shape} Vertex
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Vertex & presync.v1.Vertex.$Shape;
        }

        namespace Vertex {

            /** Properties of a Vertex. */
            interface $Properties {

                /** Vertex digest */
                digest?: (string|null);

                /** Vertex name */
                name?: (string|null);

                /** Vertex cached */
                cached?: (boolean|null);

                /** Vertex started */
                started?: (number|null);

                /** Vertex completed */
                completed?: (number|null);

                /** Vertex error */
                error?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Vertex. */
            type $Shape = presync.v1.Vertex.$Properties;
        }

        /**
         * Properties of a VertexStatus.
         * @deprecated Use presync.v1.VertexStatus.$Properties instead.
         */
        interface IVertexStatus extends presync.v1.VertexStatus.$Properties {
        }

        /** Represents a VertexStatus. */
        class VertexStatus {

            /**
             * Constructs a new VertexStatus.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.VertexStatus.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** VertexStatus vertex. */
            vertex: string;

            /** VertexStatus id. */
            id: string;

            /** VertexStatus current. */
            current: number;

            /** VertexStatus total. */
            total: number;

            /** VertexStatus started. */
            started: number;

            /** VertexStatus completed. */
            completed: number;

            /**
             * Encodes the specified VertexStatus message. Does not implicitly {@link presync.v1.VertexStatus.verify|verify} messages.
             * @param message VertexStatus message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.VertexStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a VertexStatus message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.VertexStatus & presync.v1.VertexStatus.$Shape} VertexStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.VertexStatus & presync.v1.VertexStatus.$Shape;
        }

        namespace VertexStatus {

            /** Properties of a VertexStatus. */
            interface $Properties {

                /** VertexStatus vertex */
                vertex?: (string|null);

                /** VertexStatus id */
                id?: (string|null);

                /** VertexStatus current */
                current?: (number|null);

                /** VertexStatus total */
                total?: (number|null);

                /** VertexStatus started */
                started?: (number|null);

                /** VertexStatus completed */
                completed?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a VertexStatus. */
            type $Shape = presync.v1.VertexStatus.$Properties;
        }

        /**
         * Properties of a VertexLog.
         * @deprecated Use presync.v1.VertexLog.$Properties instead.
         */
        interface IVertexLog extends presync.v1.VertexLog.$Properties {
        }

        /** Represents a VertexLog. */
        class VertexLog {

            /**
             * Constructs a new VertexLog.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.VertexLog.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** VertexLog vertex. */
            vertex: string;

            /** VertexLog stream. */
            stream: number;

            /** VertexLog data. */
            data: Uint8Array;

            /** VertexLog timestamp. */
            timestamp: number;

            /**
             * Encodes the specified VertexLog message. Does not implicitly {@link presync.v1.VertexLog.verify|verify} messages.
             * @param message VertexLog message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.VertexLog.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a VertexLog message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.VertexLog & presync.v1.VertexLog.$Shape} VertexLog
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.VertexLog & presync.v1.VertexLog.$Shape;
        }

        namespace VertexLog {

            /** Properties of a VertexLog. */
            interface $Properties {

                /** VertexLog vertex */
                vertex?: (string|null);

                /** VertexLog stream */
                stream?: (number|null);

                /** VertexLog data */
                data?: (Uint8Array|null);

                /** VertexLog timestamp */
                timestamp?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a VertexLog. */
            type $Shape = presync.v1.VertexLog.$Properties;
        }

        /**
         * Properties of a Warning.
         * @deprecated Use presync.v1.Warning.$Properties instead.
         */
        interface IWarning extends presync.v1.Warning.$Properties {
        }

        /** Represents a Warning. */
        class Warning {

            /**
             * Constructs a new Warning.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.Warning.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Warning vertex. */
            vertex: string;

            /** Warning message. */
            message: string;

            /** Warning detail. */
            detail: string;

            /** Warning url. */
            url: string;

            /** Warning line. */
            line: number;

            /**
             * Encodes the specified Warning message. Does not implicitly {@link presync.v1.Warning.verify|verify} messages.
             * @param message Warning message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.Warning.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Warning message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.Warning & presync.v1.Warning.$Shape} Warning
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Warning & presync.v1.Warning.$Shape;
        }

        namespace Warning {

            /** Properties of a Warning. */
            interface $Properties {

                /** Warning vertex */
                vertex?: (string|null);

                /** Warning message */
                message?: (string|null);

                /** Warning detail */
                detail?: (string|null);

                /** Warning url */
                url?: (string|null);

                /** Warning line */
                line?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Warning. */
            type $Shape = presync.v1.Warning.$Properties;
        }

        /**
         * Properties of a Started.
         * @deprecated Use presync.v1.Started.$Properties instead.
         */
        interface IStarted extends presync.v1.Started.$Properties {
        }

        /** Represents a Started. */
        class Started {

            /**
             * Constructs a new Started.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.Started.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Started snapshot. */
            snapshot: Uint8Array;

            /**
             * Encodes the specified Started message. Does not implicitly {@link presync.v1.Started.verify|verify} messages.
             * @param message Started message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.Started.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Started message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.Started & presync.v1.Started.$Shape} Started
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Started & presync.v1.Started.$Shape;
        }

        namespace Started {

            /** Properties of a Started. */
            interface $Properties {

                /** Started snapshot */
                snapshot?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Started. */
            type $Shape = presync.v1.Started.$Properties;
        }

        /**
         * Properties of a BuildDone.
         * @deprecated Use presync.v1.BuildDone.$Properties instead.
         */
        interface IBuildDone extends presync.v1.BuildDone.$Properties {
        }

        /** Represents a BuildDone. */
        class BuildDone {

            /**
             * Constructs a new BuildDone.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.BuildDone.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BuildDone imageId. */
            imageId: string;

            /** BuildDone snapshot. */
            snapshot: Uint8Array;

            /** BuildDone generation. */
            generation: string;

            /** BuildDone solveMs. */
            solveMs: number;

            /** BuildDone diffCopies. */
            diffCopies: number;

            /** BuildDone files. */
            files: number;

            /** BuildDone bytes. */
            bytes: number;

            /** BuildDone sent. */
            sent?: (presync.v1.Sent.$Properties|null);

            /**
             * Encodes the specified BuildDone message. Does not implicitly {@link presync.v1.BuildDone.verify|verify} messages.
             * @param message BuildDone message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.BuildDone.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BuildDone message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.BuildDone & presync.v1.BuildDone.$Shape} BuildDone
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.BuildDone & presync.v1.BuildDone.$Shape;
        }

        namespace BuildDone {

            /** Properties of a BuildDone. */
            interface $Properties {

                /** BuildDone imageId */
                imageId?: (string|null);

                /** BuildDone snapshot */
                snapshot?: (Uint8Array|null);

                /** BuildDone generation */
                generation?: (string|null);

                /** BuildDone solveMs */
                solveMs?: (number|null);

                /** BuildDone diffCopies */
                diffCopies?: (number|null);

                /** BuildDone files */
                files?: (number|null);

                /** BuildDone bytes */
                bytes?: (number|null);

                /** BuildDone sent */
                sent?: (presync.v1.Sent.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BuildDone. */
            type $Shape = presync.v1.BuildDone.$Properties;
        }

        /**
         * Properties of a Cancel.
         * @deprecated Use presync.v1.Cancel.$Properties instead.
         */
        interface ICancel extends presync.v1.Cancel.$Properties {
        }

        /** Represents a Cancel. */
        class Cancel {

            /**
             * Constructs a new Cancel.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.Cancel.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified Cancel message. Does not implicitly {@link presync.v1.Cancel.verify|verify} messages.
             * @param message Cancel message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.Cancel.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Cancel message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.Cancel & presync.v1.Cancel.$Shape} Cancel
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Cancel & presync.v1.Cancel.$Shape;
        }

        namespace Cancel {

            /** Properties of a Cancel. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Cancel. */
            type $Shape = presync.v1.Cancel.$Properties;
        }

        /**
         * Properties of a Barrier.
         * @deprecated Use presync.v1.Barrier.$Properties instead.
         */
        interface IBarrier extends presync.v1.Barrier.$Properties {
        }

        /** Represents a Barrier. */
        class Barrier {

            /**
             * Constructs a new Barrier.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.Barrier.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Barrier context. */
            context: Uint8Array;

            /**
             * Encodes the specified Barrier message. Does not implicitly {@link presync.v1.Barrier.verify|verify} messages.
             * @param message Barrier message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.Barrier.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Barrier message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.Barrier & presync.v1.Barrier.$Shape} Barrier
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Barrier & presync.v1.Barrier.$Shape;
        }

        namespace Barrier {

            /** Properties of a Barrier. */
            interface $Properties {

                /** Barrier context */
                context?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Barrier. */
            type $Shape = presync.v1.Barrier.$Properties;
        }

        /**
         * Properties of a BarrierReached.
         * @deprecated Use presync.v1.BarrierReached.$Properties instead.
         */
        interface IBarrierReached extends presync.v1.BarrierReached.$Properties {
        }

        /** Represents a BarrierReached. */
        class BarrierReached {

            /**
             * Constructs a new BarrierReached.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.BarrierReached.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BarrierReached snapshot. */
            snapshot: Uint8Array;

            /** BarrierReached sent. */
            sent?: (presync.v1.Sent.$Properties|null);

            /**
             * Encodes the specified BarrierReached message. Does not implicitly {@link presync.v1.BarrierReached.verify|verify} messages.
             * @param message BarrierReached message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.BarrierReached.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BarrierReached message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.BarrierReached & presync.v1.BarrierReached.$Shape} BarrierReached
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.BarrierReached & presync.v1.BarrierReached.$Shape;
        }

        namespace BarrierReached {

            /** Properties of a BarrierReached. */
            interface $Properties {

                /** BarrierReached snapshot */
                snapshot?: (Uint8Array|null);

                /** BarrierReached sent */
                sent?: (presync.v1.Sent.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BarrierReached. */
            type $Shape = presync.v1.BarrierReached.$Properties;
        }

        /**
         * Properties of a Sent.
         * @deprecated Use presync.v1.Sent.$Properties instead.
         */
        interface ISent extends presync.v1.Sent.$Properties {
        }

        /** Represents a Sent. */
        class Sent {

            /**
             * Constructs a new Sent.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.Sent.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Sent files. */
            files: number;

            /** Sent bytes. */
            bytes: number;

            /**
             * Encodes the specified Sent message. Does not implicitly {@link presync.v1.Sent.verify|verify} messages.
             * @param message Sent message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.Sent.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Sent message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.Sent & presync.v1.Sent.$Shape} Sent
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Sent & presync.v1.Sent.$Shape;
        }

        namespace Sent {

            /** Properties of a Sent. */
            interface $Properties {

                /** Sent files */
                files?: (number|null);

                /** Sent bytes */
                bytes?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Sent. */
            type $Shape = presync.v1.Sent.$Properties;
        }

        /**
         * Properties of an Error.
         * @deprecated Use presync.v1.Error.$Properties instead.
         */
        interface IError extends presync.v1.Error.$Properties {
        }

        /** Represents an Error. */
        class Error {

            /**
             * Constructs a new Error.
             * @param [properties] Properties to set
             */
            constructor(properties?: presync.v1.Error.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Error code. */
            code: string;

            /** Error message. */
            message: string;

            /** Error hint. */
            hint: string;

            /** Error data. */
            data: { [k: string]: string };

            /**
             * Encodes the specified Error message. Does not implicitly {@link presync.v1.Error.verify|verify} messages.
             * @param message Error message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: presync.v1.Error.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Error message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {presync.v1.Error & presync.v1.Error.$Shape} Error
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): presync.v1.Error & presync.v1.Error.$Shape;
        }

        namespace Error {

            /** Properties of an Error. */
            interface $Properties {

                /** Error code */
                code?: (string|null);

                /** Error message */
                message?: (string|null);

                /** Error hint */
                hint?: (string|null);

                /** Error data */
                data?: ({ [k: string]: string }|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Error. */
            type $Shape = presync.v1.Error.$Properties;
        }
    }
}
