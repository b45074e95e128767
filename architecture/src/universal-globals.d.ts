// Names that browsers and Node both define and that core may use.
declare function atob(base64: string): string;
declare function btoa(binary: string): string;
