import pulumi from "@pulumi/eslint-plugin";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["**/node_modules", "**/dist", "**/bin", ".strongroom", "coverage"] },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.base],
    plugins: { "@pulumi": pulumi },
    languageOptions: { parserOptions: { project: "./tsconfig.json", tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@pulumi/no-output-in-template-literal": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: false }],
      "no-constant-condition": ["error", { checkLoops: false }],
      "no-self-compare": "error",
      "no-unreachable": "error",
      eqeqeq: "error",
    },
  },
);
